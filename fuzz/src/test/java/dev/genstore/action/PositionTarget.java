package dev.genstore.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.query.Place;
import dev.genstore.query.Sort;
import dev.genstore.resource.Moment;
import dev.genstore.resource.Position;
import dev.genstore.resource.Problem;
import dev.genstore.resource.ProblemType;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Positions and cursors have one spelling: what is read is written again as it was. */
public final class PositionTarget {
    private static final List<Sort> SORTS = List.of(
            Sort.BY_ID, Sort.parse("-priority"), Sort.parse("title,-_created"), Sort.parse("-id"));

    private PositionTarget() {}

    /** Tries this text. */
    public static void check(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Position position = Position.parse(text);
        assertThat(position != null).isEqualTo(isPosition(text));
        if (position != null) {
            assertThat(position).hasToString(text);
            assertThat(Position.parse(position.toString())).isEqualTo(position);
        }
        Moment moment = Moment.parse(text);
        assertThat(moment != null || position == null)
                .as("a position is a moment")
                .isTrue();
        SORTS.forEach(sort -> checkCursor(text, sort));
    }

    /** By the words of the protocol: {@code <epoch>-<revision>}, or a revision. */
    private static boolean isPosition(String text) {
        int hyphen = text.indexOf('-');
        String epoch = hyphen < 0 ? "e" : text.substring(0, hyphen);
        String revision = text.substring(hyphen + 1);
        return isOf(epoch, "abcdefghijklmnopqrstuvwxyz0123456789", 16)
                && isOf(revision, "0123456789", 18)
                && (revision.length() == 1 || revision.charAt(0) != '0');
    }

    private static boolean isOf(String text, String alphabet, int lengthMax) {
        return !text.isEmpty()
                && text.length() <= lengthMax
                && text.chars().allMatch(c -> alphabet.indexOf(c) >= 0);
    }

    private static void checkCursor(String text, Sort sort) {
        try {
            Place place = PlaceCursor.read(text, sort);
            assertThat(PlaceCursor.behind(place, sort)).isEqualTo(text);
        } catch (Problem problem) {
            assertThat(problem.type()).isEqualTo(ProblemType.INVALID_PARAMETER);
        }
    }
}
