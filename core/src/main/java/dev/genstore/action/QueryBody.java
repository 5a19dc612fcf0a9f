package dev.genstore.action;

import dev.genstore.query.Filter;
import dev.genstore.resource.Json;
import dev.genstore.resource.JsonPointer;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.StrictJson;
import dev.genstore.router.MediaTypes;
import dev.genstore.router.Query;
import dev.genstore.router.QueryFormats;
import dev.genstore.router.Request;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The parameters in the body of a QUERY: an object. Other than in a URL the values of members have
 * types, so {@code "5"} is a text and nothing else. {@code next} is the body that asks for the next
 * page.
 *
 * <p>Immutable.
 *
 * @param members the values that members must have, by name
 */
record QueryBody(Query query, Map<String, JsonNode> members) implements ListParameters {
    private static final String LIMIT = "limit";

    /**
     * Reads the body.
     *
     * @throws Problem 415 when it is no JSON, or 400 when it is no object of parameters
     */
    static QueryBody read(Request request) {
        requireJson(request);
        request.query().allowOnly(Set.of());
        JsonNode body = StrictJson.tree(request.body());
        if (!body.isObject()) {
            throw ProblemType.INVALID_PARAMETER.at(
                    "", "The body of a QUERY is an object of parameters, like {\"limit\":10}.");
        }
        Query query = Query.none();
        Map<String, JsonNode> members = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : body.properties()) {
            if (SelectionReader.isMember(each.getKey())) {
                members.put(each.getKey(), scalar(each));
            } else {
                query = query.with(each.getKey(), text(each));
            }
        }
        return new QueryBody(query, members);
    }

    private static void requireJson(Request request) {
        try {
            MediaTypes.require(request, Set.of(MediaTypes.JSON));
        } catch (Problem problem) {
            throw problem.with("Accept-Query", QueryFormats.ACCEPTED);
        }
    }

    private static JsonNode scalar(Map.Entry<String, JsonNode> member) {
        if (member.getValue().isContainer()) {
            throw wrong(
                    member.getKey(),
                    "A member is asked for by a text, a number, a boolean or null; a filter can"
                            + " say more.");
        }
        return member.getValue();
    }

    private static String text(Map.Entry<String, JsonNode> parameter) {
        JsonNode value = parameter.getValue();
        if (!value.isString() && !value.isIntegralNumber()) {
            throw wrong(parameter.getKey(), "This parameter is a text, or a whole number.");
        }
        return value.asString();
    }

    private static Problem wrong(String name, String detail) {
        return ProblemType.INVALID_PARAMETER.at(JsonPointer.to(name), detail);
    }

    /** What the values of members say. */
    Filter equalities() {
        Filter all = Filter.ALL;
        for (Map.Entry<String, JsonNode> member : members.entrySet()) {
            all = all.and(SelectionReader.equality(member.getKey(), member.getValue()));
        }
        return all;
    }

    @Override
    public Next next(Query changed) {
        return new Next(Json.text(generator -> write(changed, generator)), null);
    }

    private void write(Query changed, JsonGenerator generator) {
        generator.writeStartObject();
        members.forEach((name, value) -> {
            generator.writeName(name);
            generator.writeRawValue(new String(Json.write(value), StandardCharsets.UTF_8));
        });
        for (String name : changed.names()) {
            String value = changed.value(name).orElseThrow();
            if (name.equals(LIMIT)) {
                generator.writeNumberProperty(name, Integer.parseInt(value));
            } else {
                generator.writeStringProperty(name, value);
            }
        }
        generator.writeEndObject();
    }
}
