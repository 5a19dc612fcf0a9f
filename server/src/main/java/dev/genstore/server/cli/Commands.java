package dev.genstore.server.cli;

import dev.genstore.auth.KeyFileException;
import dev.genstore.server.config.SettingsReader;
import dev.genstore.server.config.UsageError;
import dev.genstore.server.remote.RemoteFailure;
import dev.genstore.store.StorageException;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * The command line: {@code genstore serve [options]}, and what else {@code genstore help} shows. It ends
 * with a code of {@link ExitCode}: 0 when all went well, 1 when something failed and 2 when the command
 * line, the environment or the configuration file is wrong.
 *
 * <p>Confined to the thread that uses it.
 */
public final class Commands {
    private static final int WIDTH = 100;

    private static final String SERVE = "serve";
    private static final String HELP = "help";

    /** The commands that are about the others. */
    private static final Set<String> ABOUT_ALL = Set.of(HELP, "completion", "man");

    private final CommandLine root;
    private final SettingsReader reader;
    private final Terminal terminal;

    /** The others by name, made when they are asked for: a start of a server has no use for them. */
    private final SequencedMap<String, Supplier<CommandSpec>> others = new LinkedHashMap<>();

    /**
     * The commands of one process that reads nothing.
     *
     * @param reader gathers the settings
     * @param serving serves
     * @param out for what was asked for
     * @param err for what went wrong
     */
    public Commands(SettingsReader reader, Serving serving, PrintWriter out, PrintWriter err) {
        this(
                reader,
                serving,
                new Terminal(InputStream.nullInputStream(), out, err, Map.of("TERM", "dumb")));
    }

    /** The commands of one process. */
    public Commands(SettingsReader reader, Serving serving, Terminal terminal) {
        this.reader = reader;
        this.terminal = terminal;
        root = new CommandLine(rootSpec());
        root.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        root.addSubcommand(SERVE, new ServeCommand(reader, serving).spec());
    }

    /** Runs a command line, at most one, and returns the exit code. */
    public int run(String... arguments) {
        String name = arguments.length == 0 ? "" : arguments[0];
        if (!name.equals(SERVE)) {
            addOthers(name);
        }
        configure();
        return root.execute(arguments);
    }

    /** All that picocli knows of all commands. */
    CommandSpec all() {
        addOthers("");
        configure();
        return root.getCommandSpec();
    }

    /** The one that is wanted, or all where that is not clear. */
    private void addOthers(String name) {
        nameOthers();
        Supplier<CommandSpec> wanted = others.get(name);
        if (wanted != null && !ABOUT_ALL.contains(name)) {
            root.addSubcommand(name, wanted.get());
        } else {
            others.forEach((other, spec) -> root.addSubcommand(other, spec.get()));
        }
        root.setColorScheme(
                Help.defaultColorScheme(terminal.paint().isOn() ? Help.Ansi.ON : Help.Ansi.OFF));
    }

    private void nameOthers() {
        others.put("get", () -> new GetCommand(reader, terminal).spec());
        others.put("ls", () -> new LsCommand(reader, terminal).spec());
        others.put("put", () -> new PutCommand(reader, terminal).spec());
        others.put("patch", () -> new PatchCommand(reader, terminal).spec());
        others.put("rm", () -> new RmCommand(reader).spec());
        others.put("watch", () -> new WatchCommand(reader, terminal).spec());
        others.put("import", () -> new ImportCommand(reader, terminal).spec());
        others.put("export", () -> new ExportCommand(reader, terminal).spec());
        others.put("backup", () -> new BackupCommand(reader).spec());
        others.put("restore", () -> new RestoreCommand(reader).spec());
        others.put("verify", () -> new VerifyCommand(reader).spec());
        others.put("doctor", () -> new DoctorCommand(reader, terminal).spec());
        others.put("bench", () -> new BenchCommand(reader, terminal).spec());
        others.put("key", () -> new KeyCommands(reader).spec());
        others.put("completion", () -> new CompletionCommand(root).spec());
        others.put("man", () -> new ManCommand(reader, root).spec());
        others.put(HELP, () -> new HelpCommand(root).spec());
    }

    /** All commands that there are by now. */
    private void configure() {
        root.setOut(terminal.out());
        root.setErr(terminal.err());
        root.setUsageHelpWidth(WIDTH);
        root.setExpandAtFiles(false);
        root.setPosixClusteredShortOptionsAllowed(false);
        root.setParameterExceptionHandler(new Mistakes());
        root.setExecutionExceptionHandler(Commands::tell);
        root.setExecutionStrategy(this::execute);
    }

    /** A help is written by picocli itself, which takes any failure of that for a bug. */
    private int execute(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (OutputFailure failure) {
            return unwritten(failure, terminal.err());
        }
    }

    private CommandSpec rootSpec() {
        Callable<Integer> withoutCommand = () -> {
            root.usage(root.getErr());
            return ExitCode.USAGE;
        };
        CommandSpec spec = CommandSpec.wrapWithoutInspection(withoutCommand).name("genstore");
        spec.usageMessage()
                .description("A REST server that tells any number of clients about every change.")
                .footer(
                        "",
                        "'genstore serve --help' shows all settings; 'genstore help COMMAND' helps with the others.");
        spec.usageMessage()
                .exitCodeListHeading("%nIt ends with:%n")
                .exitCodeList(ExitCode.MEANINGS);
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
    static String version() {
        String packed = Commands.class.getPackage().getImplementationVersion();
        return packed == null ? "(not packed)" : packed;
    }

    /** What is not one of these is a bug: it is thrown on, and shown with its stack trace. */
    private static int tell(Exception failure, CommandLine command, ParseResult parsed)
            throws Exception {
        if (failure instanceof OutputFailure output) {
            return unwritten(output, command.getErr());
        }
        int code = switch (failure) {
            case UsageError usage -> ExitCode.USAGE;
            case StartFailure start -> ExitCode.FAILED;
            case KeyFileException keys -> ExitCode.FAILED;
            case StorageException storage -> ExitCode.FAILED;
            case CommandFailure failed -> ExitCode.FAILED;
            case RemoteFailure remote -> ExitCode.of(remote);
            default -> throw failure;
        };
        command.getErr().println(failure.getMessage());
        return code;
    }

    private static int unwritten(OutputFailure failure, PrintWriter err) {
        if (!failure.isUnread()) {
            err.println(failure.getMessage());
        }
        return ExitCode.FAILED;
    }
}
