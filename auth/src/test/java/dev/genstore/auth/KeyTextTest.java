package dev.genstore.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.random.RandomGenerator;

/** Keys look like keys of Genstore and nothing else. */
class KeyTextTest {
    private static final String KEY = KeyText.make(new SecureRandom());

    @Test
    void a_key_has_the_form_that_scanners_look_for() {
        assertThat(KEY).matches("genstore_[0-9A-Za-z]{49}");
        assertThat(KeyText.isWhole(KEY)).isTrue();
    }

    @Test
    void no_two_keys_are_alike() {
        var keys = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            keys.add(KeyText.make(new SecureRandom()));
        }
        assertThat(keys).hasSize(1_000).allMatch(KeyText::isWhole);
    }

    @Test
    void a_key_has_256_bits_whatever_they_are() {
        assertThat(KeyText.make(always((byte) 0))).startsWith("genstore_" + "0".repeat(43));
        assertThat(KeyText.make(always((byte) -1))).hasSameSizeAs(KEY).matches(KeyText::isWhole);
    }

    @Test
    void one_wrong_character_anywhere_is_noticed() {
        for (int i = KeyText.PREFIX.length(); i < KEY.length(); i++) {
            char other = KEY.charAt(i) == 'x' ? 'y' : 'x';
            String mistyped = KEY.substring(0, i) + other + KEY.substring(i + 1);
            assertThat(KeyText.isWhole(mistyped)).as("at %d", i).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "genstore_", "genstore_abc", "gen", "genstore_\u00e4"})
    void what_is_cut_off_is_no_key(String text) {
        assertThat(KeyText.isWhole(text)).isFalse();
    }

    private static RandomGenerator always(byte bits) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return bits;
            }
        };
    }
}
