"""Where the orders to a link come in: lines of JSON at a Unix socket, a line of JSON for each as its answer."""
import json
import os
import socket


class Desk:
    """Where orders come in, from any number of programs."""

    def __init__(self, path):
        self.path = path
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(path)
        self.door.listen()
        self.unfinished = {}  # What came of a line that has not ended, by connection.

    def sockets(self):
        return [self.door, *self.unfinished]

    def serve(self, ready, obey):
        if self.door in ready:
            self.unfinished[self.door.accept()[0]] = b''
        for connection in [one for one in self.unfinished if one in ready]:
            text = connection.recv(4096)
            *lines, rest = (self.unfinished[connection] + text).split(b'\n')
            self.unfinished[connection] = rest
            for line in lines:
                connection.sendall(json.dumps(obey(json.loads(line))).encode() + b'\n')
            if not text:
                del self.unfinished[connection]
                connection.close()

    def remove(self):
        os.unlink(self.path)
