package dev.genstore.checks.contract;

import dev.genstore.checks.harness.Answer;

import tools.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the tables can't know, by a name in braces: <code>{@1}</code> is the position of the scenario's
 * first change and <code>{@0}</code> the one before it, <code>{#1}</code> its bare revision, <code>
 * {epoch}</code> the epoch, <code>{ETag}</code> a header and <code>{.id}</code> a member of the last
 * answer that had it.
 *
 * <p>{@code «[×64»} is a text so many times; in a body, {@code «c3 28»} are bytes.
 *
 * <p>Confined to one thread.
 */
final class Words {
    private static final Pattern WORD = Pattern.compile("\\{([@#.]?[A-Za-z0-9_-]+)}");
    private static final Pattern REPEATED = Pattern.compile("«([^«»]+)×([0-9]+)»");
    private static final Pattern BYTES = Pattern.compile("«([0-9a-f ]+)»");

    private final String epoch;
    private final long base;
    private final Map<String, String> known = new HashMap<>();

    /** The words of a scenario whose first change is behind this revision. */
    Words(String epoch, long base) {
        this.epoch = epoch;
        this.base = base;
        known.put("epoch", epoch);
    }

    /** Learns what an answer says. */
    void learn(Answer answer) {
        answer.headers().forEach(field -> known.put(field.name(), field.value()));
        if (answer.header("Content-Type").filter("application/json"::equals).isPresent()
                && answer.body().length > 0) {
            for (Map.Entry<String, JsonNode> member : answer.json().properties()) {
                known.put("." + member.getKey(), member.getValue().asString(""));
            }
        }
    }

    /** The text with what the words stand for. */
    String in(String text) {
        String said = WORD.matcher(text).replaceAll(word -> quoted(meaning(word)));
        return REPEATED.matcher(said)
                .replaceAll(part -> quoted(part.group(1).repeat(Integer.parseInt(part.group(2)))));
    }

    private static String quoted(String text) {
        return Matcher.quoteReplacement(text);
    }

    private String meaning(MatchResult match) {
        String word = match.group(1);
        return switch (word.charAt(0)) {
            case '@' -> epoch + "-" + revision(word);
            case '#' -> Long.toString(revision(word));
            default -> Objects.requireNonNull(known.get(word), "no answer had " + word);
        };
    }

    private long revision(String word) {
        return base + Long.parseLong(word.substring(1));
    }

    /** The bytes of a body. */
    byte[] body(String text) {
        String written = in(text);
        var body = new ByteArrayOutputStream();
        Matcher odd = BYTES.matcher(written);
        int from = 0;
        while (odd.find()) {
            body.writeBytes(utf8(written.substring(from, odd.start())));
            body.writeBytes(HexFormat.ofDelimiter(" ").parseHex(odd.group(1)));
            from = odd.end();
        }
        body.writeBytes(utf8(written.substring(from)));
        return body.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
