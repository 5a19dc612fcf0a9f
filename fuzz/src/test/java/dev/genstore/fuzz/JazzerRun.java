package dev.genstore.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Jazzer in a process of its own, until it has had its time of the processor. Confined to one thread. */
final class JazzerRun {
    /** Behind so many times its time of the processor the process is ended, whatever it has had. */
    private static final int WALL_TIMES = 10;

    /** Of wall time, for one input: a machine may be busy. */
    private static final int INPUT_SECONDS_MAX = 60;

    /** Netty reads memory as this one does not know it, and it fails itself. */
    private static final String NETTYS_UNSAFE =
            "com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer";

    private final Target target;
    private final FuzzFolder folder;
    private final Duration cpu;
    private Duration used = Duration.ZERO;

    JazzerRun(Target target, FuzzFolder folder, Duration cpu) {
        this.target = target;
        this.folder = folder;
        this.cpu = cpu;
    }

    /** Returns when it has had its time, or has found something, or could not go on. */
    void untilItEnds() throws IOException, InterruptedException {
        Process process = jazzer().redirectErrorStream(true)
                .redirectOutput(folder.log().toFile())
                .start();
        try {
            follow(process);
        } finally {
            // An orderly end would be taken for one that the last input has caused.
            process.destroyForcibly();
            process.waitFor();
        }
    }

    private void follow(Process process) throws InterruptedException {
        while (!hasEndedAsIntended() && !process.waitFor(200, TimeUnit.MILLISECONDS)) {
            used = process.info().totalCpuDuration().orElse(used);
        }
    }

    /** Whether it has had all of its time. */
    boolean hasEndedAsIntended() {
        return used.compareTo(cpu) >= 0;
    }

    /** The time of the processor that it has had. */
    Duration used() {
        return used;
    }

    private ProcessBuilder jazzer() {
        String classPath = System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Xmx1g",
                "-cp",
                classPath,
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzzed.class.getName(),
                "--target_args=" + target,
                "--instrumentation_includes=dev.genstore.**",
                "--disabled_hooks=" + NETTYS_UNSAFE,
                "--reproducer_path=" + folder.findings(),
                "-artifact_prefix=" + folder.findings() + "/",
                "-max_len=4096",
                "-timeout=" + INPUT_SECONDS_MAX,
                "-report_slow_units=" + INPUT_SECONDS_MAX,
                "-max_total_time=" + WALL_TIMES * cpu.toSeconds(),
                folder.corpus().toString());
    }
}
