"""Uses a kernel through a real Jupyter Notebook server, as a browser does:
REST for kernels and kernelspecs, one websocket for all channels.

usage: server.py KERNEL CELLS.json   (CELLS.json as for lifecycle.py)
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

PATIENCE = 60
TOKEN = uuid.uuid4().hex


def check(condition, what):
    if not condition:
        sys.exit(f"FAILED: {what}")
    print("ok:", what)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """A notebook server in an empty folder."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.log = open(os.path.join(self.folder.name, "log"), "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={free_port()}",
             f"--NotebookApp.cookie_secret_file={self.folder.name}/secret",
             f"--NotebookApp.token={TOKEN}", f"--notebook-dir={self.folder.name}"],
            stdout=self.log, stderr=subprocess.STDOUT)
        self.url = self.find_url()
        return self

    def find_url(self):
        """Waits until the server answers; it writes its address before."""
        runtime = os.environ["JUPYTER_RUNTIME_DIR"]
        path = os.path.join(runtime, f"nbserver-{self.process.pid}.json")
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with open(path, encoding="utf-8") as f:
                    url = json.load(f)["url"].rstrip("/")
                urllib.request.urlopen(url + "/api", timeout=PATIENCE).close()
                return url
            except (OSError, json.JSONDecodeError):
                time.sleep(0.05)
        with open(self.log.name, encoding="utf-8") as f:
            sys.exit("FAILED: the server did not start:\n" + f.read())

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        self.folder.cleanup()

    async def rest(self, method, path, body=None):
        request = HTTPRequest(
            self.url + path, method=method, headers={"Authorization": f"token {TOKEN}"}, request_timeout=PATIENCE,
            body=json.dumps(body) if body is not None else ("" if method == "POST" else None))
        return (await AsyncHTTPClient().fetch(request)).body

    async def channels(self, kernel_id):
        url = f"{self.url.replace('http', 'ws', 1)}/api/kernels/{kernel_id}/channels?session_id={uuid.uuid4().hex}"
        return await websocket_connect(HTTPRequest(url, headers={"Authorization": f"token {TOKEN}"}))


class Page:
    """What a page keeps: the websocket, and all messages by their request."""

    def __init__(self, ws):
        self.ws = ws
        self.messages = {}

    async def send(self, channel, msg_type, content):
        msg_id = uuid.uuid4().hex
        header = {"msg_id": msg_id, "msg_type": msg_type, "username": "", "session": "browser", "date": "", "version": "5.3"}
        await self.ws.write_message(json.dumps({
            "header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": channel, "buffers": []}))
        self.messages[msg_id] = []
        return msg_id

    async def execute(self, code):
        return await self.send("shell", "execute_request", {
            "code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False, "stop_on_error": True})

    async def until(self, msg_id, condition):
        """Reads until one of the messages for a request satisfies condition."""
        while not any(condition(m) for m in self.messages[msg_id]):
            raw = await asyncio.wait_for(self.ws.read_message(), PATIENCE)
            if raw is None:
                sys.exit("FAILED: the server closed the websocket")
            message = json.loads(raw)
            self.messages.setdefault(message["parent_header"].get("msg_id"), []).append(message)

    async def finish(self, msg_id):
        """Waits for reply and idle; returns the reply and all messages."""
        await self.until(msg_id, lambda m: m["channel"] == "shell")
        await self.until(msg_id, lambda m: m["msg_type"] == "status" and m["content"]["execution_state"] == "idle")
        messages = self.messages[msg_id]
        return next(m for m in messages if m["channel"] == "shell")["content"], messages


def stdout(messages):
    return "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream" and m["content"]["name"] == "stdout")


async def use(server, kernel, code):
    specs = json.loads(await server.rest("GET", "/api/kernelspecs"))["kernelspecs"]
    check(kernel in specs and specs[kernel]["spec"]["language"] == "go", "the server knows the kernelspec")
    logo = await server.rest("GET", specs[kernel]["resources"]["logo-64x64"])
    check(logo.startswith(b"\x89PNG"), "the server serves the logo")
    kernel_id = json.loads(await server.rest("POST", "/api/kernels", {"name": kernel}))["id"]
    page = Page(await server.channels(kernel_id))
    reply, _ = await page.finish(await page.send("shell", "kernel_info_request", {}))
    check(reply["implementation"] == "goblaze", "kernel_info comes through the websocket")
    reply, messages = await page.finish(await page.execute(code["hello"]))
    check(reply["status"] == "ok" and stdout(messages) == "hello\n", "a cell prints")

    running = await page.execute(code["endless"])
    waiting = await page.execute(code["hello"])
    await page.until(running, lambda m: m["msg_type"] == "execute_input")
    begin = time.monotonic()
    await server.rest("POST", f"/api/kernels/{kernel_id}/interrupt")
    reply, _ = await page.finish(running)
    check(reply["status"] == "error", f"the stop button stops the cell ({(time.monotonic() - begin) * 1000:.0f} ms)")
    reply, _ = await page.finish(waiting)
    check(reply["status"] == "aborted", "Run All stops at the failed cell")

    # Front ends open the websocket again after a restart: the server asks the
    # new kernel until its output arrives, before it passes requests on.
    page.ws.close()
    await server.rest("POST", f"/api/kernels/{kernel_id}/restart")
    page.ws = await server.channels(kernel_id)
    await page.finish(await page.send("shell", "kernel_info_request", {}))
    reply, messages = await page.finish(await page.execute(code["hello"]))
    check(reply["status"] == "ok" and reply["execution_count"] == 1, "the restart button starts anew")
    page.ws.close()
    await server.rest("DELETE", f"/api/kernels/{kernel_id}")
    check(json.loads(await server.rest("GET", "/api/kernels")) == [], "closing ends the kernel")


def main(kernel, cells):
    with open(cells, encoding="utf-8") as f:
        code = json.load(f)
    with Server() as server:
        asyncio.run(use(server, kernel, code))


if __name__ == "__main__":
    main(*sys.argv[1:])
