package dev.genstore.store;

import dev.genstore.query.Authority;
import dev.genstore.query.Filter;
import dev.genstore.query.Sort;
import dev.genstore.resource.Json;
import dev.genstore.resource.Problem;
import dev.genstore.resource.Problem.FieldError;
import dev.genstore.resource.ProblemType;
import dev.genstore.resource.Resource;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a definition would do, without being stored: what it lets somebody do and see, and what does not
 * fit its schema. Nothing is decided here: each answer is that of the code that decides when it counts.
 * What is wrong in the definition is left out of it and told.
 *
 * <p>Confined to one thread.
 */
public final class Trial {
    /** How many mistakes in the definition are told. */
    private static final int WRONG_MAX = 20;

    /** How many resources are counted of what somebody would see, and how heavy they may be. */
    private static final int SEEN_MAX = 1_000;

    private static final long SEEN_WEIGHT_MAX = 4L << 20;

    /** How many are looked at to find them. */
    private static final int SCAN_MAX = 10_000;

    /** How many stored resources are held against the schema. */
    private static final long LOOKED_MAX = 10_000;

    private final Storage storage;
    private final Writer writer;
    private final Previewing previewing;
    private final String collection;
    private final List<FieldError> wrong = new ArrayList<>();
    private final Set<String> wrongRules = new HashSet<>();
    private final Definition definition;

    /**
     * Whether somebody may do something.
     *
     * @param refusal what he would be answered, if not
     * @param fails whether the rule comes to an error, which lets nobody
     */
    public record Verdict(Optional<Problem> refusal, boolean fails) {}

    /**
     * What somebody would see of the collection.
     *
     * @param resources the first of them by id
     * @param areAll whether there are no more
     */
    public record Seen(List<Resource> resources, boolean areAll) {
        public Seen {
            resources = List.copyOf(resources);
        }
    }

    /**
     * Which stored resources would not fit the schema.
     *
     * @param count how many, of those that were looked at
     * @param areAll whether all were looked at
     * @param errors the first of them, and what is wrong with each
     */
    public record Unfit(long count, boolean areAll, List<FieldError> errors) {
        public Unfit {
            errors = List.copyOf(errors);
        }
    }

    Trial(Storage storage, Writer writer, Previewing previewing, String collection, Json members) {
        this.storage = storage;
        this.writer = writer;
        this.previewing = previewing;
        this.collection = collection;
        this.definition = writer.definitions().read(sound(members.tree()));
    }

    /**
     * Tries each part alone, so that all that is wrong is found and not only the first. Behind very much
     * that is wrong nothing more is looked at.
     */
    private Json sound(JsonNode members) {
        ObjectNode sound = JsonNodeFactory.instance.objectNode();
        members.properties().forEach(member -> {
            if (member.getKey().equals("rules") && member.getValue().isObject()) {
                sound.set("rules", soundRules(member.getValue()));
            } else if (isSound(only(member.getKey(), member.getValue()))) {
                sound.set(member.getKey(), member.getValue());
            }
        });
        return Json.trusted(Json.write(sound));
    }

    private ObjectNode soundRules(JsonNode rules) {
        ObjectNode sound = JsonNodeFactory.instance.objectNode();
        rules.properties().forEach(rule -> {
            if (isSound(only("rules", only(rule.getKey(), rule.getValue())))) {
                sound.set(rule.getKey(), rule.getValue());
            } else {
                wrongRules.add(rule.getKey());
            }
        });
        return sound;
    }

    private static ObjectNode only(String name, JsonNode value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.set(name, value);
        return object;
    }

    private boolean isSound(ObjectNode part) {
        if (wrong.size() >= WRONG_MAX) {
            return false;
        }
        try {
            writer.definitions().read(Json.trusted(Json.write(part)));
            return true;
        } catch (Problem problem) {
            wrong.addAll(problem.errors());
            return false;
        }
    }

    /** What is wrong in the definition, by pointers into it; it would be refused for any of this. */
    public List<FieldError> wrong() {
        return List.copyOf(wrong);
    }

    /** A resource with these members, as if it were made now. */
    public Resource resource(String id, Json members) {
        return resource(id, members, null);
    }

    private Resource resource(String id, Json members, @Nullable Resource before) {
        long now = writer.presentMillis();
        long created = before == null ? now : before.createdMillis();
        long revision = storage.<Long>read(snapshot -> snapshot.head() + 1);
        return new Resource(collection, id, revision, created, now, members);
    }

    /**
     * What somebody may do: for each of {@code read}, {@code create}, {@code update} and {@code delete}
     * that can be asked.
     *
     * @param before the resource as it is stored, or null when there is none
     * @param next the resource as he would have it, or null when he would not
     */
    public Map<String, Verdict> may(
            Authority as, @Nullable Resource before, @Nullable Resource next) {
        var verdicts = new LinkedHashMap<String, Verdict>();
        var asked = new Permission(name -> definition, as, storage.epoch());
        Rules rules = definition.rules();
        if (before != null) {
            Write none = write(before.id(), new Edit.Delete());
            boolean fails = rules.read().fails(as, before, null);
            verdicts.put("read", verdict("read", fails, () -> asked.requireSight(none, before)));
        }
        if (next != null) {
            Write create = write(next.id(), new Edit.Create(next.members()));
            boolean fails = rules.create().fails(as, null, next);
            verdicts.put("create", written("create", fails, asked, create, null));
        }
        if (before != null && next != null) {
            byte[] members = next.members().bytes();
            Write update = write(before.id(), new Edit.Patch(old -> members, Integer.MAX_VALUE));
            boolean fails = rules.update().fails(as, before, next);
            verdicts.put("update", written("update", fails, asked, update, before));
        }
        if (before != null) {
            Write delete = write(before.id(), new Edit.Delete());
            boolean fails = rules.delete().fails(as, before, null);
            verdicts.put("delete", written("delete", fails, asked, delete, before));
        }
        return verdicts;
    }

    private Verdict written(
            String rule, boolean fails, Permission asked, Write write, @Nullable Resource before) {
        String needed = before != null && wrongRules.contains("read") ? "read" : rule;
        return verdict(needed, fails, () -> {
            asked.requireSight(write, before);
            asked.permit(write, before, made -> resource(write.id(), made, before));
        });
    }

    private Verdict verdict(String rule, boolean fails, Runnable attempt) {
        try {
            requireSound(rule);
            attempt.run();
            return new Verdict(Optional.empty(), fails);
        } catch (Problem refusal) {
            return new Verdict(Optional.of(refusal), fails);
        }
    }

    /** A rule that is wrong would not be stored, so nothing can be said of it but that. */
    private void requireSound(String rule) {
        if (wrongRules.contains(rule)) {
            throw ProblemType.INVALID_DEFINITION.at(
                    "/rules/" + rule, "The rule is wrong, so the definition would be refused.");
        }
    }

    private Write write(String id, Edit edit) {
        return new Write(collection, id, edit, Precondition.NONE, null);
    }

    /**
     * What somebody would see.
     *
     * @throws Problem what he would be answered to a list
     */
    public Seen seen(Authority as) {
        requireSound("read");
        Filter seen = definition.rules().read().filter(as);
        var bounds = new ListQuery.Bounds(SEEN_MAX, SEEN_WEIGHT_MAX, SCAN_MAX, SCAN_MAX);
        ListQuery all = ListQuery.of(collection).with(Filter.ALL, Sort.BY_ID).within(bounds);
        ListPage page = storage.readLong(snapshot -> SeenLists.read(all, seen, snapshot::list));
        return new Seen(page.resources(), page.next() == null);
    }

    /** Whether the definition has a schema that can be read. */
    public boolean hasSchema() {
        return definition.schema() != null;
    }

    /** Why a document would not fit the schema; nothing when it does. */
    public Optional<Problem> refusal(Json document) {
        return Optional.ofNullable(definition.refusal(collection, document));
    }

    /** Which stored resources would not fit the schema. */
    public Unfit unfit() {
        Schema schema = definition.schema();
        var misfits = new Misfits();
        if (schema != null) {
            previewing.new Looking(LOOKED_MAX).look(collection, schema, misfits);
        }
        return new Unfit(misfits.count(), misfits.areAll(), misfits.named());
    }
}
