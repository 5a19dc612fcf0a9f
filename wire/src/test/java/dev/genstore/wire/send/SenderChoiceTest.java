package dev.genstore.wire.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.List;

class SenderChoiceTest {
    static List<SenderKind> working() {
        return Kinds.working();
    }

    @Test
    void the_best_kind_that_works_is_taken() throws IOException {
        assertThat(SenderChoice.choose(null).kind()).isEqualTo(Kinds.working().getFirst());
    }

    @ParameterizedTest
    @MethodSource("working")
    void the_kind_that_is_asked_for_is_taken(SenderKind kind) throws IOException {
        assertThat(SenderChoice.choose(kind)).isEqualTo(new SenderChoice(kind, "it was asked for"));
    }

    @Test
    void a_channel_needs_no_sender() throws IOException {
        assertThat(SenderChoice.choose(SenderKind.CHANNEL).open()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_kind_is_found_by_its_label(SenderKind kind) {
        assertThat(SenderKind.labelled(kind.label())).isEqualTo(kind);
    }

    @Test
    void a_label_that_does_not_exist_is_answered_with_those_that_do() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SenderKind.labelled("SEND"))
                .withMessage("There is no sender SEND; there are io_uring, send, socket, channel.");
    }
}
