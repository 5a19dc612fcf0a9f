package dev.genstore.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genstore.testkit.Table;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

/** The inputs of the tables, among them those that were found once, and some that are like them. */
class InputsTest {
    private static final int DAMAGED = 2_000;

    @ParameterizedTest
    @EnumSource
    void what_must_hold_holds_of_every_input(Target target) {
        List<byte[]> inputs = target.inputs();
        assertThat(inputs).as("inputs").hasSizeGreaterThan(10);
        inputs.forEach(input -> check(target, input, "in the table"));
    }

    @ParameterizedTest
    @EnumSource
    void what_must_hold_holds_of_inputs_that_are_damaged(Target target) {
        List<byte[]> inputs = target.inputs();
        for (long seed = 1; seed <= DAMAGED; seed++) {
            check(target, new Damage(inputs, seed).next(), "seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_input_is_written_as_it_is_read(Target target) {
        for (byte[] input : target.inputs()) {
            assertThat(Table.bytes(Target.line(input))).isEqualTo(input);
        }
    }

    @Test
    void every_byte_can_be_in_a_table() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertThat(Table.bytes(Target.line(all))).isEqualTo(all);
    }

    private static void check(Target target, byte[] input, String from) {
        try {
            target.check(input);
        } catch (Throwable failure) {
            throw new AssertionError(target + ", " + from + ": " + Target.line(input), failure);
        }
    }
}
