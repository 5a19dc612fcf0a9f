package dev.genstore.checks.bench;

import dev.genstore.checks.harness.Trees;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/**
 * What the load generator saw.
 *
 * @param delivered how many deliveries of a change to a client there were
 * @param lost how many there should have been beside those
 * @param doubled how many came again
 * @param outOfOrder how many of those that were delivered came behind a later one
 */
record Load(long delivered, long lost, long doubled, long outOfOrder, JsonNode all) {

    /** Runs it against the server of this process id at this port. */
    static Load run(long pid, int port, String... options) {
        var command = new ArrayList<>(
                List.of(Bench.program("load").toString(), "--pid=" + pid, "--port=" + port));
        command.addAll(List.of(options));
        JsonNode all = Trees.read(Bench.run(command));
        return new Load(
                all.get("delivered").asLong(),
                all.get("lost").asLong(),
                all.get("doubled").asLong(),
                all.get("out_of_order").asLong(),
                all);
    }

    static Load run(Limit limit, String... options) {
        return run(limit.pid(), limit.port(), options);
    }

    double number(String name) {
        return all.get(name).asDouble();
    }
}
