"""Joins two cables of the lab by a bad road, since this kernel may have no netem.

Arguments: two interfaces of this namespace, delay and jitter in milliseconds of
one way, loss in percent, bytes a second (0 for no limit), and a seed.
With `plain` and an interface: has it send whole packets with their check sums.
"""

import ctypes
import fcntl
import heapq
import random
import select
import socket
import struct
import sys
import time

EVERYTHING = 3
SIOCETHTOOL = 0x8946
# Check sums, and packets larger than the wire, are otherwise left to a card that is none.
OFFLOADS = (0x17, 0x1F, 0x24, 0x2C)
QUEUE_SECONDS = 1.0


def make_plain(name):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        for command in OFFLOADS:
            value = ctypes.create_string_buffer(struct.pack("II", command, 0))
            request = struct.pack("16sP", name.encode(), ctypes.addressof(value))
            try:
                fcntl.ioctl(control, SIOCETHTOOL, request)
            except OSError:
                pass


def open_end(name):
    end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERYTHING))
    end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    end.bind((name, 0))
    end.setblocking(False)
    return end


def join(names, delay, jitter, loss, rate, chance):
    ends = [open_end(name) for name in names]
    free = [0.0, 0.0]
    road = []
    order = 0
    while True:
        wait = max(0.0, road[0][0] - time.monotonic()) if road else None
        for end in select.select(ends, [], [], wait)[0]:
            side = ends.index(end)
            try:
                frame, origin = end.recvfrom(1 << 16)
            except BlockingIOError:
                continue
            if origin[2] == socket.PACKET_OUTGOING or chance.random() < loss:
                continue
            now = time.monotonic()
            free[side] = max(free[side], now)
            if rate > 0:
                free[side] += len(frame) / rate
                if free[side] - now > QUEUE_SECONDS:
                    free[side] -= len(frame) / rate
                    continue
            late = max(0.0, delay + chance.uniform(-jitter, jitter))
            order += 1
            heapq.heappush(road, (free[side] + late, order, 1 - side, frame))
        while road and road[0][0] <= time.monotonic():
            _, _, side, frame = heapq.heappop(road)
            try:
                ends[side].send(frame)
            except OSError:
                pass


if sys.argv[1] == "plain":
    make_plain(sys.argv[2])
else:
    first, second, *numbers, seed = sys.argv[1:]
    delay, jitter, loss, rate = map(float, numbers)
    for interface in (first, second):
        make_plain(interface)
    print("ready", flush=True)
    join([first, second], delay / 1e3, jitter / 1e3, loss / 100, rate, random.Random(seed))
