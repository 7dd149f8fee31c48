import math, time


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def loop(n):
    total = 0
    for i in range(n):
        total += i ^ (total & 7)
    return total


def sieve(n):
    composite = [False] * (n + 1)
    count = 0
    for i in range(2, n + 1):
        if composite[i]:
            continue
        count += 1
        for j in range(i * i, n + 1, i):
            composite[j] = True
    return count


def build(n):
    s = ""
    for _ in range(n):
        s += "x"
    return len(s)


def nbody(steps):
    bodies = [[0, 0, 0, 0, 0, 0, 39.47], [4.84, -1.16, -0.10, 0.60, 2.81, -0.02, 0.037], [8.34, 4.12, -0.4, -1.01, 1.82, 0.008, 0.011], [12.8, -15.1, -0.22, 1.08, 0.86, -0.01, 0.0017], [15.3, -25.9, 0.17, 0.97, 0.59, -0.03, 0.002]]
    for _ in range(steps):
        for i, a in enumerate(bodies):
            for b in bodies[i + 1:]:
                dx, dy, dz = a[0] - b[0], a[1] - b[1], a[2] - b[2]
                d2 = dx * dx + dy * dy + dz * dz
                mag = 0.01 / (d2 * math.sqrt(d2))
                a[3] -= dx * b[6] * mag
                a[4] -= dy * b[6] * mag
                a[5] -= dz * b[6] * mag
                b[3] += dx * a[6] * mag
                b[4] += dy * a[6] * mag
                b[5] += dz * a[6] * mag
        for b in bodies:
            b[0] += 0.01 * b[3]
            b[1] += 0.01 * b[4]
            b[2] += 0.01 * b[5]
    return bodies[0][0]


def product(n):
    a = [[float(i + j) for j in range(n)] for i in range(n)]
    b = [[float(i - j) for j in range(n)] for i in range(n)]
    c = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(n):
            total = 0.0
            for k in range(n):
                total += a[i][k] * b[k][j]
            c[i][j] = total
    return c[n // 2][n // 3]


def words(n):
    counts = {}
    for w in ("the quick brown fox jumps over the lazy dog " * (n // 44)).split():
        counts[w] = counts.get(w, 0) + 1
    return counts["the"]


for f, arg in ((fib, 27), (loop, 5_000_000), (sieve, 200_000), (build, 20_000), (nbody, 50_000), (product, 200), (words, 1_000_000)):
    t = time.perf_counter()
    f(arg)
    print(time.perf_counter() - t)
