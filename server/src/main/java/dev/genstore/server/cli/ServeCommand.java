package dev.genstore.server.cli;

import dev.genstore.server.config.Setting;
import dev.genstore.server.config.Settings;
import dev.genstore.server.config.SettingsReader;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * {@code genstore serve}, whose options are the table of {@link Setting}. Here they are only told
 * apart; {@link SettingsReader} knows what they mean.
 *
 * <p>Confined to the thread that uses it.
 */
final class ServeCommand implements Callable<Integer> {
    private static final int OPTION_WIDTH = 26;

    /** Read by logback.xml when the first logger is made. */
    private static final String LOG_LEVEL_PROPERTY = "genstore.log.level";

    private static final String LOG_FORMAT_PROPERTY = "genstore.log.format";

    private final SettingsReader reader;
    private final Serving serving;
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("serve");

    ServeCommand(SettingsReader reader, Serving serving) {
        this.reader = reader;
        this.serving = serving;
        spec.usageMessage()
                .description("Runs a server until it is told to stop (Ctrl-C or SIGTERM).")
                .abbreviateSynopsis(true)
                .sortOptions(false)
                .longOptionsMaxWidth(OPTION_WIDTH)
                .footer(
                        "",
                        "An option wins over its variable, the variable over the configuration file.",
                        "In the file a setting has the name of its option without the dashes: port=8080");
        spec.addOption(Commands.helpOption());
        for (Setting setting : Setting.values()) {
            spec.addOption(option(setting));
        }
        Model.addExamples(spec, "genstore serve --port 9000 --data /srv/notes", "genstore serve");
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        Settings settings = reader.read(given());
        tellLog(LOG_LEVEL_PROPERTY, settings.logLevel());
        tellLog(LOG_FORMAT_PROPERTY, settings.logFormat());
        return serving.serve(settings);
    }

    /** The log's own configuration asks for it when the first message comes. */
    private static void tellLog(String property, Enum<?> choice) {
        System.setProperty(property, choice.name().toLowerCase(Locale.ROOT));
    }

    private Map<Setting, String> given() {
        var given = new EnumMap<Setting, String>(Setting.class);
        for (Setting setting : Setting.values()) {
            String text = spec.findOption(setting.option()).getValue();
            if (text != null) {
                given.put(setting, text);
            }
        }
        return given;
    }

    static OptionSpec option(Setting setting) {
        String byDefault = setting.defaultText().isEmpty() ? "none" : setting.defaultText();
        return OptionSpec.builder(setting.option())
                .type(String.class)
                .arity(setting.isSwitch() ? "0..1" : "1")
                .fallbackValue("on")
                .paramLabel("VALUE")
                .description(
                        setting.meaning() + ".",
                        "Default " + byDefault + "; " + setting.allowed() + "; "
                                + setting.variable())
                .build();
    }
}
