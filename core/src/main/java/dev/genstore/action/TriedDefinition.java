package dev.genstore.action;

import dev.genstore.query.Authority;
import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Problem.FieldError;
import dev.genstore.resource.Resource;
import dev.genstore.store.Trial;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is answered of a definition that is tried. Confined to one thread.
 *
 * @param as who would ask; null where that is not wanted
 * @param before the resource as it would be stored; null for none
 * @param next the resource as it is to be; null for none
 */
record TriedDefinition(
        Trial trial,
        @Nullable Authority as,
        @Nullable Resource before,
        @Nullable Resource next) {
    /** How many of what somebody would see are shown. */
    private static final int SHOWN_MAX = 20;

    byte[] json() {
        return Json.write(generator -> {
            generator.writeStartObject();
            errors("wrong", trial.wrong(), generator);
            if (as != null) {
                may(as, generator);
                seen(as, generator);
            }
            if (trial.hasSchema()) {
                fits(generator);
                unfit(generator);
            }
            generator.writeEndObject();
        });
    }

    private void may(Authority by, JsonGenerator generator) {
        generator.writeObjectPropertyStart("may");
        trial.may(by, before, next).forEach((rule, verdict) -> {
            generator.writeObjectPropertyStart(rule);
            generator.writeBooleanProperty("allowed", verdict.refusal().isEmpty());
            if (verdict.fails()) {
                generator.writeBooleanProperty("failed", true);
            }
            verdict.refusal().ifPresent(problem -> problem(problem, generator));
            generator.writeEndObject();
        });
        generator.writeEndObject();
    }

    private void seen(Authority by, JsonGenerator generator) {
        generator.writeObjectPropertyStart("sees");
        try {
            Trial.Seen seen = trial.seen(by);
            List<Resource> resources = seen.resources();
            generator.writeNumberProperty("count", resources.size());
            generator.writeBooleanProperty("all", seen.areAll());
            generator.writeArrayPropertyStart("items");
            resources.stream().limit(SHOWN_MAX).forEach(each -> raw(each.json(), generator));
            generator.writeEndArray();
        } catch (Problem refusal) {
            problem(refusal, generator);
        }
        generator.writeEndObject();
    }

    private void fits(JsonGenerator generator) {
        if (next != null) {
            generator.writeObjectPropertyStart("fits");
            var refusal = trial.refusal(next.members());
            generator.writeBooleanProperty("allowed", refusal.isEmpty());
            refusal.ifPresent(problem -> problem(problem, generator));
            generator.writeEndObject();
        }
    }

    private void unfit(JsonGenerator generator) {
        Trial.Unfit unfit = trial.unfit();
        generator.writeObjectPropertyStart("unfit");
        generator.writeNumberProperty("count", unfit.count());
        generator.writeBooleanProperty("all", unfit.areAll());
        errors("errors", unfit.errors(), generator);
        generator.writeEndObject();
    }

    private static void errors(String name, List<FieldError> errors, JsonGenerator generator) {
        generator.writeArrayPropertyStart(name);
        for (FieldError error : errors) {
            generator.writeStartObject();
            generator.writeStringProperty("pointer", error.pointer());
            generator.writeStringProperty("detail", error.detail());
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }

    private static void problem(Problem problem, JsonGenerator generator) {
        generator.writeName("problem");
        raw(problem.json(), generator);
    }

    private static void raw(byte[] json, JsonGenerator generator) {
        generator.writeRawValue(new String(json, StandardCharsets.UTF_8));
    }
}
