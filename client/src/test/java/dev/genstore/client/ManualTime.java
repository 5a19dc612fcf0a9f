package dev.genstore.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Time that stands still until a test moves it, and an executor that works when it is told to. */
final class ManualTime implements Timer, Executor {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Planned> planned = new ArrayList<>();
    private int count;
    private Duration now = Duration.ZERO;

    private record Planned(int number, Duration at, Runnable action) {}

    @Override
    public Runnable after(Duration delay, Runnable action) {
        var plan = new Planned(count, now.plus(delay), action);
        count++;
        planned.add(plan);
        return () -> planned.remove(plan);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Does all that can be done without time. */
    void settle() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    void advance(Duration duration) {
        Duration end = now.plus(duration);
        settle();
        while (!planned.isEmpty()) {
            Planned next =
                    planned.stream().min(Comparator.comparing(Planned::at)).orElseThrow();
            if (next.at().compareTo(end) > 0) {
                break;
            }
            planned.remove(next);
            now = next.at();
            next.action().run();
            settle();
        }
        now = end;
    }

    /** How long it is to what is planned, the next first. */
    List<Duration> planned() {
        return planned.stream().map(plan -> plan.at().minus(now)).sorted().toList();
    }
}
