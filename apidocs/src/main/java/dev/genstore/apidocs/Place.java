package dev.genstore.apidocs;

import dev.genstore.router.Binding;
import dev.genstore.router.Template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A binding at the URLs that a document shows it at: its own, or those of one collection.
 *
 * <p>Immutable.
 *
 * @param path its template, where a collection's name may stand for the variable
 * @param shapes which schemas are meant
 */
record Place(Binding<?> binding, String path, Shapes shapes) {
    private static final String COLLECTION = "{collection}";
    private static final Pattern OF_COLLECTION =
            Pattern.compile("/api/\\{collection}(/\\{[A-Za-z][A-Za-z0-9_]*})?");
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

    /** At its own template. */
    static Place of(Binding<?> binding) {
        return new Place(binding, binding.template().toString(), Shapes.ANY);
    }

    /** At the URLs of some collections, where it is about collections. */
    static List<Place> of(Binding<?> binding, List<Defined> collections) {
        String path = binding.template().toString();
        List<Place> places = new ArrayList<>();
        if (OF_COLLECTION.matcher(path).matches()) {
            for (Defined each : collections) {
                places.add(
                        new Place(binding, path.replace(COLLECTION, each.name()), each.shapes()));
            }
        }
        return places;
    }

    /** What all paths have in common that fit the same URLs, whatever their variables are called. */
    String form() {
        return VARIABLE.matcher(path).replaceAll("{}");
    }

    /** The variables in the path, in their order. */
    List<String> variables() {
        return Template.parse(path).variables();
    }

    /** The group under which it is listed. */
    String group() {
        String own = binding.description().group();
        return shapes.collection().isEmpty()
                ? (own.isEmpty() ? "actions" : own)
                : shapes.collection();
    }

    /** A name for it that no other has. */
    String name() {
        String own = binding.description().name();
        String named = own.isEmpty() ? made() : own;
        return shapes.collection().isEmpty() ? named : named + "." + shapes.collection();
    }

    /** {@code get.api.orders.id} of {@code GET /api/orders/{id}}. */
    private String made() {
        String segments = path.replaceAll("[^A-Za-z0-9_-]+", ".").replaceFirst("\\.$", "");
        return binding.method().name().toLowerCase(Locale.ROOT) + segments;
    }

    /** What it does, in a few words. */
    String summary() {
        String own = binding.description().summary();
        return own.isEmpty() ? binding.toString() : own;
    }
}
