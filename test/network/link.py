"""A visitor's machine and servers, each a network namespace, joined by wires that can be made bad. Root on Linux, Python 3 alone.

    python3 link.py NAME SOCKET     makes the namespace NAME for the visitor, says `up`, and removes all when its input ends

Each namespace has one TAP device, `wire`. This process reads the frames of all of them and passes them on, as a switch does; each
server's wire delays and loses them as it was told, which is what netem does in kernels that have it. Orders are lines of JSON at
SOCKET, a Unix socket, which is reached from every namespace; a line of JSON answers each:

    {"do": "add"}                       a new server: {"namespace": …, "address": …}
    {"do": "set", "server": ADDRESS, "delay": MS, "jitter": MS, "loss": 0..1, "drop": "none" | "stun" | "media" | "all"}
    {"do": "move"}                      the visitor gets another address, as between two Wi-Fis: {"address": …}
"""
import fcntl
import heapq
import os
import random
import select
import signal
import struct
import subprocess
import sys
import time

from desk import Desk

# All of it is inside of namespaces that were made here: links side by side have the same addresses.
NETWORK = '10.77.0'
# Nobody lives there: without a default route browsers do not know which of their addresses to call from.
GATEWAY = f'{NETWORK}.254'
FIRST_SERVER, FIRST_VISITOR = 1, 100
TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454CA, 0x0002, 0x1000
IPV4, ARP, TCP, UDP = b'\x08\x00', b'\x08\x06', 6, 17
HTTP = 8787
ETHERNET_BYTES, UDP_BYTES = 14, 8
STUN_COOKIE = b'\x21\x12\xa4\x42'  # RFC 8489, section 5: bytes 4 to 7 of every message.
FRAME_BYTES, FRAMES_AT_ONCE = 4096, 64


def ip(*arguments):
    subprocess.run(('ip', *arguments), check=True)


def open_tap():
    """Returns the file of a new TAP device, and the name that the kernel gave it."""
    tap = os.open('/dev/net/tun', os.O_RDWR | os.O_NONBLOCK)
    answer = fcntl.ioctl(tap, TUNSETIFF, struct.pack('16sH22x', b'', IFF_TAP | IFF_NO_PI))
    return tap, answer[:16].rstrip(b'\0').decode()


def is_kind(frame, kind):
    """Whether an IPv4 frame is of that kind: `all`; `media`, which is all but HTTP; `stun`, by which ICE asks whether a path still works."""
    payload = ETHERNET_BYTES + (frame[14] & 15) * 4
    if kind == 'media':
        # With UDP alone closed, ICE takes to TCP (RFC 6544).
        return frame[23] == UDP or (frame[23] == TCP and HTTP not in struct.unpack('!HH', frame[payload : payload + 4]))
    if kind == 'stun':
        return frame[23] == UDP and frame[payload + UDP_BYTES + 4 : payload + UDP_BYTES + 8] == STUN_COOKIE
    return kind == 'all'


class Wire:
    """A namespace with an address, and what happens to the frames between it and the switch."""

    def __init__(self, namespace, number):
        self.namespace = namespace
        self.mac = bytes([2, 0, 0, 0, 0, number])
        self.faults = {'delay': 0, 'jitter': 0, 'loss': 0, 'drop': 'none'}
        ip('netns', 'add', namespace)
        self.tap, device = open_tap()
        ip('link', 'set', device, 'address', self.mac.hex(':'), 'netns', namespace, 'name', 'wire')
        for name in ('lo', 'wire'):
            ip('-n', namespace, 'link', 'set', name, 'up')
        self.take_address(number)

    def take_address(self, number):
        """As in another network: the old address goes first, and its routes with it."""
        self.address = f'{NETWORK}.{number}'
        ip('-n', self.namespace, 'addr', 'flush', 'dev', 'wire')
        ip('-n', self.namespace, 'addr', 'add', f'{self.address}/24', 'dev', 'wire')
        ip('-n', self.namespace, 'route', 'add', 'default', 'via', GATEWAY)

    def frames(self):
        """What was sent from there since the last time."""
        for _ in range(FRAMES_AT_ONCE):
            try:
                yield os.read(self.tap, FRAME_BYTES)
            except BlockingIOError:
                return

    def deliver(self, frame):
        try:
            os.write(self.tap, frame)
        except OSError:
            pass  # The far end is full or gone: a lost packet.

    def loses(self, frame):
        """ARP always passes, because the wire itself stays up; IPv6 never does."""
        if frame[12:14] != IPV4:
            return frame[12:14] != ARP
        return is_kind(frame, self.faults['drop']) or random.random() < self.faults['loss']

    def due(self):
        return time.monotonic() + (self.faults['delay'] + random.random() * self.faults['jitter']) / 1000

    def remove(self):
        """Ends what runs in there, too: nobody else knows of the namespace."""
        running = subprocess.run(('ip', 'netns', 'pids', self.namespace), capture_output=True, text=True)
        for pid in running.stdout.split():
            try:
                os.kill(int(pid), signal.SIGKILL)
            except ProcessLookupError:
                pass
        subprocess.run(('ip', 'netns', 'del', self.namespace))
        os.close(self.tap)


class Network:
    """The switch: the visitor on one side, the servers on the other."""

    def __init__(self, name):
        self.name = name
        self.visitor = Wire(name, FIRST_VISITOR)
        self.servers = {}  # By address.
        self.moves = 0
        self.held = []  # A heap of (due, order, to, frame).
        self.order = 0

    def obey(self, order):
        if order['do'] == 'add':
            number = FIRST_SERVER + len(self.servers)
            server = Wire(f'{self.name}-{number}', number)
            self.servers[server.address] = server
            return {'namespace': server.namespace, 'address': server.address}
        if order['do'] == 'move':
            self.moves += 1
            self.visitor.take_address(FIRST_VISITOR + self.moves)
            return {'address': self.visitor.address}
        faults = self.servers[order['server']].faults
        faults.update({name: order[name] for name in faults if name in order})
        return faults

    def taps(self):
        return [wire.tap for wire in (self.visitor, *self.servers.values())]

    def carry(self, ready):
        for server in self.servers.values():
            if server.tap in ready:
                for frame in server.frames():
                    self.hold(frame, server, self.visitor)
        if self.visitor.tap in ready:
            for frame in self.visitor.frames():
                for server in self.servers.values():
                    if frame[:6] == server.mac or frame[0] & 1:  # To it, or to everybody.
                        self.hold(frame, server, server)

    def hold(self, frame, wire, to):
        if not wire.loses(frame):
            self.order += 1
            heapq.heappush(self.held, (wire.due(), self.order, to, frame))

    def deliver(self):
        """Delivers what is due. Returns the seconds until something is again, `None` when nothing is held."""
        while self.held:
            wait = self.held[0][0] - time.monotonic()
            if wait > 0:
                return wait
            _, _, to, frame = heapq.heappop(self.held)
            to.deliver(frame)
        return None

    def remove(self):
        for wire in (*self.servers.values(), self.visitor):
            wire.remove()


def main(name, path):
    # Whoever started this may have been told to end by the same key press, and closes the input as it does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    network, desk = Network(name), Desk(path)
    try:
        print('up', flush=True)
        wait = None
        while True:
            ready, _, _ = select.select([sys.stdin, *desk.sockets(), *network.taps()], [], [], wait)
            if sys.stdin in ready and not os.read(0, 4096):
                return
            desk.serve(ready, network.obey)
            network.carry(ready)
            wait = network.deliver()
    finally:
        network.remove()
        desk.remove()


if __name__ == '__main__':
    main(*sys.argv[1:])
