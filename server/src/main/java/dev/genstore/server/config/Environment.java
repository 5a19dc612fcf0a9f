package dev.genstore.server.config;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the environment says of settings. A variable of this program that it does not know is
 * refused: a mistyped one would otherwise be ignored in silence.
 */
final class Environment {
    /** Variables that are no settings of a server: for the launcher, and for commands that ask one. */
    private static final Set<String> FOR_OTHERS =
            Set.of("GENSTORE_JAVA_OPTS", "GENSTORE_SERVER", "GENSTORE_TOKEN", "GENSTORE_CA");

    private Environment() {}

    static Map<Setting, Object> values(Map<String, String> variables) {
        var values = new EnumMap<Setting, Object>(Setting.class);
        // Sorted, so that of several mistakes always the same one is told.
        new TreeMap<>(variables).forEach((variable, text) -> {
            if (isOurs(variable)) {
                Setting setting = setting(variable);
                values.put(setting, setting.value(variable, text));
            }
        });
        return values;
    }

    private static boolean isOurs(String variable) {
        return variable.startsWith(Setting.VARIABLE_PREFIX) && !FOR_OTHERS.contains(variable);
    }

    private static Setting setting(String variable) {
        String key = key(variable);
        return Setting.withKey(key)
                .filter(setting -> setting.variable().equals(variable))
                .orElseThrow(() -> unknown(variable, Setting.nearest(key)));
    }

    private static UsageError unknown(String variable, Optional<Setting> nearest) {
        return new UsageError(
                Nearest.unknown("variable", variable, nearest.map(Setting::variable)));
    }

    private static String key(String variable) {
        return variable.substring(Setting.VARIABLE_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }
}
