package dev.genstore.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.resource.Draft;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A document, a line feed, and a patch. Whatever a patch makes can be judged, and never costs more than
 * a body; a merge patch does what a slow reading of RFC 7396 says, and twice is once.
 */
public final class PatchTarget {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int COPIED_BYTES_MAX = 20_000;
    private static final Set<ProblemType> EXPECTED = Set.of(
            ProblemType.INVALID_JSON,
            ProblemType.INVALID_PATCH,
            ProblemType.INVALID_RESOURCE,
            ProblemType.INVALID_NAME,
            ProblemType.PATCH_CONFLICT,
            ProblemType.BODY_TOO_LARGE);

    private PatchTarget() {}

    /** Tries this document and patch. */
    public static void check(byte[] input) {
        int end = 0;
        while (end < input.length && input[end] != '\n') {
            end++;
        }
        byte[] document = Arrays.copyOf(input, end);
        byte[] patch = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
        try {
            byte[] members = Draft.read(document).members().bytes();
            tryPatch(members, patch, body -> JsonPatch.read(body, COPIED_BYTES_MAX));
            tryPatch(members, patch, MergePatch::read);
            checkMerge(members, patch);
        } catch (Problem noDocument) {
            assertThat(noDocument.type()).isIn(EXPECTED);
        }
    }

    private static void tryPatch(
            byte[] document, byte[] patch, Function<byte[], UnaryOperator<byte[]>> reading) {
        byte[] before = document.clone();
        try {
            UnaryOperator<byte[]> read = reading.apply(patch);
            byte[] after = read.apply(document);
            assertThat(read.apply(document)).as("done again from the start").isEqualTo(after);
            Draft draft = Draft.read(after);
            assertThat(Draft.read(draft.members().bytes()).members()).isEqualTo(draft.members());
        } catch (Problem problem) {
            assertThat(problem.type()).isIn(EXPECTED);
        }
        assertThat(document).as("the document").isEqualTo(before);
    }

    private static void checkMerge(byte[] document, byte[] patch) {
        try {
            MergePatch read = MergePatch.read(patch);
            byte[] after = read.apply(document);
            assertThat(read.apply(after)).as("done twice").isEqualTo(after);
            assertThat(plain(after)).isEqualTo(merged(plain(document), plain(patch)));
        } catch (Problem problem) {
            assertThat(problem.type()).isIn(EXPECTED);
        }
    }

    private static Object plain(byte[] json) {
        return MAPPER.readValue(json, Object.class);
    }

    /** As RFC 7396, 2 has it, on maps. */
    private static Object merged(@Nullable Object target, Object patch) {
        if (!(patch instanceof Map<?, ?> changes)) {
            return patch;
        }
        Map<Object, Object> merged = new LinkedHashMap<>();
        if (target instanceof Map<?, ?> members) {
            merged.putAll(members);
        }
        changes.forEach((name, change) -> {
            if (change == null) {
                merged.remove(name);
            } else {
                merged.put(name, merged(merged.get(name), change));
            }
        });
        return merged;
    }
}
