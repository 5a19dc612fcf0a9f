package dev.genstore.checks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Results as {@code bench/run} keeps them, made up: of each scenario what a round of each server
 * came to. Where nothing else is said, a round is 1,000 deliveries, or requests, for 1,000 µs.
 */
final class KeptResults {
    private static final List<String> SCENARIOS = List.of(
            "own-1000",
            "own-10000",
            "saturated",
            "paced",
            "idle",
            "calm",
            "stalled",
            "create",
            "read");

    private static final String ROUND = """
            {"server_cpu_us": %s, "ksoftirqd_cpu_us": 0, "generator_cpu_us": 100, "seconds": 1,
             "clients": 1000, "stalled": 10, "deliveries": 1000, "changes": 1000,
             "messages": 1000, "message_bytes": 260000, "gave_up": 0, "refused": 0, "closed": 0,
             "lost": 0, "doubled": 0, "out_of_order": 0,
             "told_p50_us": 500, "told_p99_us": 1000, "told_p999_us": 2000,
             "answered_p50_us": 500, "answered_p99_us": 1000, "answered_p999_us": 2000,
             "user_before_kib": 1000, "user_idle_kib": 3000, "rss_before_kib": 1000,
             "rss_idle_kib": 3000, "idle_core_share": 0.002, "idle_pings": 2000,
             "idle_seconds": 50, "rss_began_kib": 1024, "rss_peak_kib": 2048,
             "socket_max_bytes": 102400, "socket_mean_bytes": 51200%s}""";

    private final Map<String, Map<String, String>> rounds = new LinkedHashMap<>();
    private final Map<String, String> heap = new LinkedHashMap<>();
    private final Map<String, String> versions = new LinkedHashMap<>();

    /** Of all scenarios, with the limit and Genstore. */
    KeptResults() {
        for (String scenario : SCENARIOS) {
            round(scenario, "limit", 1_000, "");
        }
    }

    /** A round that took this much CPU time, with further members that win over the usual ones. */
    KeptResults round(String scenario, String server, int cpuMicros, String more) {
        rounds.computeIfAbsent(scenario, ignored -> new LinkedHashMap<>())
                .put(server, ROUND.formatted(cpuMicros, more));
        return this;
    }

    /** How much a server allocated in a round of 1,000 deliveries of 100 changes. */
    KeptResults heap(String scenario, String server, int clients, int bytes) {
        String more =
                ", \"clients\": %d, \"changes\": 100, \"heap\": {\"bytes\": %d, \"threads\": {\"hub\": %d}}"
                        .formatted(clients, bytes, bytes);
        heap.put(scenario, "\"%s\": %s".formatted(server, ROUND.formatted(1_000, more)));
        return this;
    }

    KeptResults without(String scenario) {
        rounds.remove(scenario);
        return this;
    }

    /** Has a scenario measured with another version of Genstore, and before the others. */
    KeptResults with(String version, String scenario) {
        versions.put(scenario, version);
        return this;
    }

    void write(Path file) throws IOException {
        var entries = new ArrayList<String>();
        rounds.forEach((scenario, servers) -> entries.add(entry(scenario, servers)));
        Files.writeString(file, "{" + String.join(",", entries) + "}");
    }

    private String entry(String scenario, Map<String, String> servers) {
        // Those that are told as a multiple of it have it beside them.
        boolean isOnce = List.of("idle", "calm", "stalled").contains(scenario);
        String limit = isOnce ? "null" : servers.get("limit");
        var results = new ArrayList<String>();
        servers.forEach((server, own) -> results.add(
                "\"%s\": [{\"own\": %s, \"beside\": %s}]".formatted(server, own, limit)));
        return """
                "%s": {"results": {%s}, "heap": {%s}, "command": "bench/run", "at": %d,
                 "loads": ["0.1", "0.2"], "circumstances": %s}""".formatted(
                        scenario,
                        String.join(",", results),
                        heap.getOrDefault(scenario, ""),
                        versions.containsKey(scenario) ? 1 : 2,
                        circumstances(versions.getOrDefault(scenario, "v2")));
    }

    private String circumstances(String version) {
        var names = new TreeSet<String>();
        rounds.values().forEach(servers -> names.addAll(servers.keySet()));
        List<String> facts = names.stream()
                .map(name -> "\"%s\": {\"title\": \"%s\", \"version\": \"%s\", \"missing\": \"\"}"
                        .formatted(name, name, version))
                .toList();
        return "{\"quick\": false, \"all servers\": true, \"machine\": {}, \"servers\": {%s}}"
                .formatted(String.join(",", facts));
    }
}
