package dev.genstore.checks.simulation;

import dev.genstore.hub.Loop;

/** A simulated event loop: what waits for it, the watchers that live on it, and their sockets. */
record LoopThread(TaskQueue tasks, Loop loop, Kernel kernel) {}
