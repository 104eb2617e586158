"""Writes down all that goes over a cable of the lab, both ways, one packet after the other.

Arguments: an interface of this namespace, and a file.
"""

import socket
import sys

EVERYTHING = 3

name, path = sys.argv[1:]
end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(EVERYTHING))
end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
end.bind((name, 0))
with open(path, "wb", buffering=0) as file:
    print("ready", flush=True)
    while True:
        file.write(end.recv(1 << 16))
