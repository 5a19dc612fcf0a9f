package dev.genstore.apidocs;

import dev.genstore.router.Content;
import dev.genstore.router.Description;
import dev.genstore.router.Method;
import dev.genstore.router.Parameter;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The operations of a document. Confined to one thread. */
final class Operations {
    private static final Set<Method> WITH_BODY =
            EnumSet.of(Method.POST, Method.PUT, Method.PATCH, Method.QUERY);

    private final Pool parameters = new Pool("#/components/parameters/");
    private final Responses responses = new Responses();

    ObjectNode parameters() {
        return parameters.parts();
    }

    Responses responses() {
        return responses;
    }

    /**
     * The operation of a binding at a place.
     *
     * @param variables how the document calls the variables of the path, in their order
     */
    ObjectNode of(Place place, List<String> variables) {
        Description described = Watches.described(place.binding());
        ObjectNode operation = Trees.object();
        operation.put("operationId", place.name());
        operation.put("summary", place.summary());
        operation.put("description", details(place, described));
        operation.set("tags", Trees.array(List.of(place.group())));
        ArrayNode taken = operation.putArray("parameters");
        all(described, place.variables(), variables).forEach(each -> taken.add(part(each)));
        body(operation, described, place);
        operation.set("responses", responses.of(described, place.shapes()));
        return operation;
    }

    private static String details(Place place, Description described) {
        return described.details().isEmpty() ? place.summary() + "." : described.details();
    }

    /** Those of the path first. What the path does not have, where a name stands for it, is left out. */
    private static List<Parameter> all(
            Description described, List<String> own, List<String> called) {
        List<Parameter> all = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            all.add(variable(described, own.get(i), called.get(i)));
        }
        described.parameters().stream()
                .filter(each -> each.place() != Parameter.Place.PATH)
                .forEach(all::add);
        return all;
    }

    private static Parameter variable(Description described, String own, String called) {
        Parameter known = described.parameters().stream()
                .filter(each ->
                        each.place() == Parameter.Place.PATH && each.name().equals(own))
                .findFirst()
                .orElseGet(() -> Parameter.path(own, "A part of the URL.", Parameter.TEXT));
        return new Parameter(known.place(), called, true, known.meaning(), known.schema());
    }

    private ObjectNode part(Parameter parameter) {
        ObjectNode part = Trees.object("name", parameter.name())
                .put("in", parameter.place().text())
                .put("description", parameter.meaning());
        if (parameter.isRequired()) {
            part.put("required", true);
        }
        ObjectNode schema = Trees.schema(parameter.schema(), Shapes.ANY);
        if (isOfAnyName(parameter, schema)) {
            part.put("style", "form").put("explode", true);
        }
        part.set("schema", schema);
        return parameters.put(parameter.name(), part);
    }

    private static boolean isOfAnyName(Parameter parameter, ObjectNode schema) {
        return parameter.place() == Parameter.Place.QUERY
                && "object".equals(schema.path("type").asString(""));
    }

    private static void body(ObjectNode operation, Description described, Place place) {
        List<Content> forms = described.takes();
        if (!forms.isEmpty()) {
            operation
                    .putObject("requestBody")
                    .put("required", true)
                    .set("content", Responses.content(forms, place.shapes()));
        } else if (isSilent(described) && WITH_BODY.contains(place.binding().method())) {
            operation.putObject("requestBody").set("content", Trees.object("*/*", Trees.object()));
        }
    }

    /** Whether nobody has said what it takes and answers. */
    private static boolean isSilent(Description described) {
        return described.answers().isEmpty();
    }
}
