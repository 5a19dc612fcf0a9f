package dev.genstore.server.cli;

import dev.genstore.server.config.Setting;
import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.doctor.Doctor;
import dev.genstore.server.doctor.Finding;

import picocli.CommandLine.Model.CommandSpec;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code genstore doctor}. Confined to the thread that uses it. */
final class DoctorCommand implements Callable<Integer> {
    private final Model model = new Model(
            this,
            "doctor",
            "Looks whether a server would do well here, and changes nothing.",
            "It takes the options of 'genstore serve'. It ends with 1 when a server could not start,"
                    + " would be in danger, or would let nobody in.");
    private final Terminal terminal;
    private final StoreOptions options;

    DoctorCommand(SettingsReader reader, Terminal terminal) {
        this.terminal = terminal;
        options = new StoreOptions(reader, model.spec(), List.of(Setting.values()));
        model.spec().usageMessage().abbreviateSynopsis(true);
        model.example("genstore doctor", "genstore doctor --data /var/lib/genstore --port 9000");
    }

    CommandSpec spec() {
        return model.spec();
    }

    @Override
    public Integer call() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.good("Genstore", Commands.version() + " on " + system() + "."));
        findings.addAll(new Doctor(options.settings(), InstantSource.system()).examine());
        findings.forEach(finding -> model.out().println(line(finding)));
        boolean isIll = findings.stream().anyMatch(finding -> finding.state() == Finding.State.BAD);
        return isIll ? ExitCode.FAILED : ExitCode.OK;
    }

    private static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

    private String line(Finding finding) {
        Paint paint = terminal.paint();
        String state = switch (finding.state()) {
            case GOOD -> paint.green("good");
            case FAIR -> paint.yellow("fair");
            case BAD -> paint.red("bad ");
        };
        return state + "  " + String.format("%-12s", finding.subject()) + "  " + finding.sentence();
    }
}
