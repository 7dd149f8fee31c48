# JupyterLab with the GoBlaze kernel:
#   docker build -t goblaze .
#   docker run --rm -p 8888:8888 goblaze
# and open the address that it prints.
#
# The image has Go and gcc: the kernel compiles cells with them while it runs.
FROM golang:1.26

# mold links a cell in half the time; it is used when it is there.
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3-venv mold \
 && rm -rf /var/lib/apt/lists/* \
 && python3 -m venv /opt/jupyter \
 && /opt/jupyter/bin/pip install --no-cache-dir jupyterlab \
 && useradd --create-home --shell /bin/bash gopher

# Cells run as an ordinary user, whose folders hold the compiler's caches.
USER gopher
ENV GOPATH=/home/gopher/go
ENV PATH=/opt/jupyter/bin:/home/gopher/go/bin:/usr/local/go/bin:/usr/local/bin:/usr/bin:/bin
WORKDIR /home/gopher/goblaze
COPY --chown=gopher:gopher . .

# go install puts the command on the PATH; its own install writes the
# kernelspec and builds the engine, which takes two or three minutes.
RUN go install . && goblaze install && goblaze doctor

EXPOSE 8888
CMD ["jupyter", "lab", "--ip=0.0.0.0", "--no-browser", "--notebook-dir=/home/gopher/goblaze/notebooks"]
