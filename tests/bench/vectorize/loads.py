"""PyBlaze's algorithm: a pool of processes, the items cut into pieces, the
results gathered in order. The pool is started before the clock."""
import multiprocessing
import sys
import time


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def tokenize(text):
    return text.split()


def seconds(pool, f, items):
    """By the clock and, of this process alone, of processor time."""
    start, before = time.perf_counter(), time.process_time()
    pool.map(f, items)
    return f"{time.perf_counter() - start} {time.process_time() - before}"


if __name__ == "__main__":
    with multiprocessing.Pool(int(sys.argv[1])) as pool:
        words = [f"word{i % 100} and " * 8 for i in range(100_000)]
        for _ in sys.stdin:
            print(seconds(pool, tokenize, words), seconds(pool, fib, [18] * 1000), seconds(pool, fib, [25] * 100), flush=True)
