package dev.genstore.checks.simulation;

import dev.genstore.hub.Loop;

/** A simulated event loop: what waits for it, and the watchers that live on it. */
record LoopThread(TaskQueue tasks, Loop loop) {}
