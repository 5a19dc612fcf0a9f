package dev.genstore.server.cli;

import dev.genstore.auth.KeyFileException;
import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.config.UsageError;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/**
 * The command line: {@code genstore serve [options]}, {@code genstore key create|list|revoke},
 * {@code genstore help [command]}, {@code genstore --version}. It ends with 0 when all went well, 1 when something failed and 2 when the
 * command line, the environment or the configuration file is wrong.
 *
 * <p>Confined to the thread that uses it.
 */
public final class Commands {
    private static final int WIDTH = 100;

    private static final String SERVE = "serve";

    private final CommandLine root;
    private final SettingsReader reader;
    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * The commands of one process.
     *
     * @param reader gathers the settings
     * @param serving serves
     * @param out for what was asked for
     * @param err for what went wrong
     */
    public Commands(SettingsReader reader, Serving serving, PrintWriter out, PrintWriter err) {
        this.reader = reader;
        this.out = out;
        this.err = err;
        root = new CommandLine(rootSpec());
        root.addSubcommand(SERVE, new ServeCommand(reader, serving).spec());
    }

    /** Runs a command line, at most one, and returns the exit code. */
    public int run(String... arguments) {
        if (arguments.length == 0 || !arguments[0].equals(SERVE)) {
            addOthers();
        }
        configure();
        return root.execute(arguments);
    }

    /** They cost a thirtieth of what a start costs, which has no use for them. */
    private void addOthers() {
        root.addSubcommand("key", new KeyCommands(reader).spec());
        root.addSubcommand("help", new HelpCommand(root).spec());
    }

    /** All commands that there are by now. */
    private void configure() {
        root.setOut(out);
        root.setErr(err);
        root.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        root.setUsageHelpWidth(WIDTH);
        root.setExpandAtFiles(false);
        root.setPosixClusteredShortOptionsAllowed(false);
        root.setParameterExceptionHandler(new Mistakes());
        root.setExecutionExceptionHandler(Commands::tell);
    }

    private CommandSpec rootSpec() {
        Callable<Integer> withoutCommand = () -> {
            root.usage(root.getErr());
            return ExitCode.USAGE;
        };
        CommandSpec spec = CommandSpec.wrapWithoutInspection(withoutCommand).name("genstore");
        spec.usageMessage()
                .description("A REST server that tells any number of clients about every change.")
                .footer("", "'genstore serve --help' shows all settings.");
        return spec.version("genstore " + version())
                .addOption(helpOption())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Shows the version.")
                        .build());
    }

    static OptionSpec helpOption() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this help.")
                .build();
    }

    /** The jar knows its version; classes that were not packed are somebody's work in progress. */
    private static String version() {
        String packed = Commands.class.getPackage().getImplementationVersion();
        return packed == null ? "(not packed)" : packed;
    }

    /** What is not one of these is a bug: it is thrown on, and shown with its stack trace. */
    private static int tell(Exception failure, CommandLine command, ParseResult parsed)
            throws Exception {
        int code = switch (failure) {
            case UsageError usage -> ExitCode.USAGE;
            case StartFailure start -> ExitCode.FAILED;
            case KeyFileException keys -> ExitCode.FAILED;
            default -> throw failure;
        };
        command.getErr().println(failure.getMessage());
        return code;
    }
}
