package dev.genstore.schema;

import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where the references of a schema lead: to schemas of the same document that were looked at, because
 * nobody has checked what stands elsewhere in it. Confined to one schema.
 */
final class References {
    private final Set<String> places = new HashSet<>();
    private final Set<String> anchors = new HashSet<>();
    private final Map<String, String> targets = new LinkedHashMap<>();

    /** A schema stands here; returns how many there are by now. */
    int place(String pointer) {
        places.add(pointer);
        return places.size();
    }

    void anchor(String name) {
        anchors.add(name);
    }

    /**
     * A reference stands here.
     *
     * @throws Problem 400 when it leads to another document
     */
    void reference(String pointer, String target) {
        if (!target.startsWith("#")) {
            throw wrong(
                    pointer,
                    "Nothing is fetched: a reference begins with # and leads to a part of the same"
                            + " schema.");
        }
        targets.put(pointer, target);
    }

    /**
     * Looks where they lead, when all places are known.
     *
     * @throws Problem 400 when one leads nowhere
     */
    void require() {
        targets.forEach((pointer, target) -> {
            String name = decoded(target.substring(1), pointer);
            boolean isPlace = name.isEmpty() || name.startsWith("/");
            if (!(isPlace ? places : anchors).contains(name)) {
                throw wrong(pointer, "There is no schema at " + target + " in this one.");
            }
        });
    }

    private static String decoded(String fragment, String pointer) {
        try {
            return URLDecoder.decode(fragment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw wrong(pointer, "The escapes in this reference are malformed.");
        }
    }

    private static Problem wrong(String pointer, String detail) {
        return ProblemType.INVALID_DEFINITION.at(pointer, detail);
    }
}
