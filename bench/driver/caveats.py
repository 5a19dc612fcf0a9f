"""The parts of the report that are the same each time."""

HEAD = '''# Benchmarks

What telling many clients costs, beside a C program that does as little as can be done, and beside what people would use instead. `bench/run` makes this page; do not edit it. What is said under *Why* stands in `docs/benchmarks-notes.md`.

'''.splitlines()

CHART = '![CPU per delivery as a multiple of the limit](benchmarks.svg)'

TINY = '''**These are tiny numbers, which show that the benchmark works and nothing else.**

'''.splitlines()

HEAP = '''What all threads of the JVM allocated on its heap during the measured part, by its own count, which is exact: `getTotalThreadAllocatedBytes` is read right before and right behind it, while the generator waits, less what the threads that answer the question allocate. Part of it belongs to the change and not to its deliveries: its HTTP request, its durable write, and the event that is encoded once. With 1,000 clients that part is divided by 1,000, with 10,000 by 10,000. It is measured in a run of its own behind the others, so that being asked costs them nothing.
'''.splitlines()

HOW_TO_READ = '''## How to read it

* **The limit** (`bench/limit`) is one epoll loop in C with one log in memory, a cursor for each client, and a `send()` for each client that is behind. It keeps nothing, checks nothing, and its answers are canned. A real server is told as a multiple of it: the ratio of two things that ran beside each other says more than a time does.
* **Bytes**: what is written is as long for all servers, but Genstore tells it as a CloudEvent, with who, what and when, which is 333 bytes more. The limit is measured with such messages too, so that one can see what these bytes cost.
* **The disk**: Genstore tells a change when it is on the disk, the others keep none. So the limit is measured with a file, too (`--log`), to which it appends what has come and calls `fdatasync` before it tells it; that is about the least that durability costs. It answers the writer before that.
* **CPU** is all that the kernel counted for the server's processes and their threads, user and system. What `ksoftirqd` did meanwhile is added in full and also shown by itself, since a server can have its sending done there. On the loopback interface the kernel does much of the *receiving* side's work inside the sender's `send()`, so part of each figure, the limit's too, is work that another machine would do. Servers differ more than these ratios say.
* **A delivery** is one message to one client. *bytes* is its size on the wire. All servers are sent the same body; Genstore puts a CloudEvent around it, and so sends more, the others tell it as it is.
* **Latency** counts from when a change was due to when a client had all of it. With a pace that is the time that the schedule says, even if the server, or the generator, was still busy with those before it.
* **Faults** are over all clients and rounds. Each message has a number. The first client to get a change gives it its place in one common order, behind all changes that were answered before it was sent, and every other client is held against that: what it did not get in the end is lost, what it got again is doubled, what came behind a later one is out of order. Changes that were refused are not expected.
* **Rounds**: the servers of a scenario are up at once, and the generator goes round them, each time to the limit first and to the server right after. The ratio is between those two, since a shared machine is not the same a minute later. Before the first round each server that is not compiled beforehand is warmed up with up to 20,000 changes in up to 15 s, which are not measured. Figures are medians over the rounds; behind the ratio stand its least and its most. Under the goals there is also the ratio to the limit with messages as long as those of Genstore, which was measured in the same turn. Memory, and clients that never read, are measured once, on fresh servers.
* **Memory** for each client is the growth of the server's processes since before the first client came, with nothing done to tidy up. *User memory* is what is no file. What the kernel keeps for a socket is in neither. *Kernel, each stalled* is what the send queue at the server's end of a connection held at most, in kernel memory (`wmem_queued` of `ss -m`), looked at every 3 s: the greatest of the connections that did not read, and their mean.

## What it does not say

* All is on one machine, through the loopback interface: no network card, no loss, no delay. The generator (`bench/load`, also C and epoll, one thread) shares the cores with the server. Its own CPU is the last column: where it is near the server's and there is one core for each, the generator decides how many deliveries there are in a second. CPU per delivery does not depend on that, latency and deliveries per second do.
* Other work on the machine disturbs times more than ratios. The load averages above include what the benchmark itself did.
* The others do less: none of them keeps a change on a disk, and with none can a client come back to where it was, but for nchan within its memory. They are set up as their manuals say, each is a page of code in `bench/peers`, and each pings its clients about every 25 s. Somebody who knows one of them well will make it faster.
* nginx runs with one worker, since nchan hands messages from worker to worker otherwise. Go and Java use as many threads as they like.

## To run it

<!-- tried: BuildersTest.what_it_calls_is_there -->
```sh
apt-get install gcc libc6-dev python3                                   # needed
apt-get install golang-go golang-github-gorilla-websocket-dev           # Go
apt-get install nginx libnginx-mod-nchan                                # nchan
npm install --prefix bench/peers/ws && npm install --prefix bench/peers/bun

bench/start && bench/pieces                     # a cold start, and the pieces one by one: told here, too
bench/run                                       # everything, about three quarters of an hour; writes this page
bench/run --keep --scenarios=own-1000,own-10000 # a part now; what else there is, is kept with it
bench/run --keep                                # what is still missing; writes this page when it is all there
bench/run --report                              # the page again from what was kept
bench/run --quick                               # tiny numbers, tens of seconds
bench/run --scenarios=own-1000,saturated --servers=limit,genstore,bun
```

What is not installed is left out. Linux only. 10,000 clients need `ulimit -n` above 10,100. Only a measurement of everything, with the same versions of all servers, writes to `docs/`; others write to `bench/target/`, or where `--out` says. By default Genstore is measured with each of its ways to send where that matters, and as it starts by itself where it does not; `--servers=genstore-channel` measures the last way, for where there is no other.

What counts is tested: a limit that loses, doubles or swaps messages on purpose (`bench/target/limit --each --drop=97`) is found out, to the message.
'''.splitlines()
