package dev.genstore.resource;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A slow reading of JSON by RFC 8259 and RFC 7493 that only says whether a text is in order. Of
 * numbers it knows the form, not whether they survive. Confined to one thread.
 */
final class JsonModel {
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?");
    private static final int SURE_CHARACTERS_MAX = 15;

    private final String text;
    private int at;
    private boolean isSure = true;

    /** What it says of a text. */
    enum Verdict {
        RIGHT,
        WRONG,
        /** It depends on whether a number survives. */
        UNSURE
    }

    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private JsonModel(String text) {
        this.text = text;
    }

    static Verdict of(byte[] utf8) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            var model = new JsonModel(text);
            model.value(0);
            model.blanks();
            model.require(model.at == text.length());
            return model.isSure ? Verdict.RIGHT : Verdict.UNSURE;
        } catch (CharacterCodingException | Wrong wrong) {
            return Verdict.WRONG;
        }
    }

    private void value(int depth) throws Wrong {
        blanks();
        switch (peek()) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> string();
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> word();
        }
    }

    private void object(int depth) throws Wrong {
        require(depth <= StrictJson.DEPTH_MAX);
        var names = new HashSet<String>();
        at++;
        blanks();
        boolean goesOn = peek() != '}';
        while (goesOn) {
            blanks();
            require(peek() == '"');
            require(names.add(string()));
            blanks();
            require(take() == ':');
            value(depth);
            goesOn = isComma('}');
        }
        at++;
    }

    private void array(int depth) throws Wrong {
        require(depth <= StrictJson.DEPTH_MAX);
        at++;
        blanks();
        boolean goesOn = peek() != ']';
        while (goesOn) {
            value(depth);
            goesOn = isComma(']');
        }
        at++;
    }

    /** Whether something follows; else the end does, which stays. */
    private boolean isComma(char end) throws Wrong {
        blanks();
        char next = peek();
        require(next == ',' || next == end);
        at += next == ',' ? 1 : 0;
        return next == ',';
    }

    private String string() throws Wrong {
        var string = new StringBuilder();
        at++;
        for (char next = take(); next != '"'; next = take()) {
            require(next >= ' ');
            string.append(next == '\\' ? escaped() : next);
        }
        String all = string.toString();
        require(StandardCharsets.UTF_8.newEncoder().canEncode(all));
        return all;
    }

    private char escaped() throws Wrong {
        char letter = take();
        int plain = "\"\\/bfnrt".indexOf(letter);
        require(plain >= 0 || letter == 'u');
        if (plain >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(plain);
        }
        require(at + 4 <= text.length());
        String digits = text.substring(at, at + 4);
        require(digits.matches("[0-9A-Fa-f]{4}"));
        at += 4;
        return (char) Integer.parseInt(digits, 16);
    }

    private void number() throws Wrong {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        require(number.lookingAt());
        at = number.end();
        isSure &= number.group(3) == null && number.group().length() <= SURE_CHARACTERS_MAX;
    }

    private void word() throws Wrong {
        for (String word : List.of("true", "false", "null")) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return;
            }
        }
        throw new Wrong();
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws Wrong {
        require(at < text.length());
        return text.charAt(at);
    }

    private char take() throws Wrong {
        char next = peek();
        at++;
        return next;
    }

    private void require(boolean holds) throws Wrong {
        if (!holds) {
            throw new Wrong();
        }
    }
}
