package dev.genstore.wire.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/** The choice where system calls are blocked, as most container runtimes block io_uring. */
class BlockedSenderTest {
    static List<SenderKind> ioUring() {
        return Kinds.workingAmong(SenderKind.IO_URING);
    }

    static List<SenderKind> send() {
        return Kinds.workingAmong(SenderKind.SEND);
    }

    static Stream<Arguments> sendAndReasons() {
        return send().stream()
                .flatMap(kind -> Stream.of(
                        Arguments.of(kind, 1, "io_uring is not allowed here (EPERM)"),
                        Arguments.of(kind, 13, "io_uring is not allowed here (EACCES)"),
                        Arguments.of(
                                kind, 38, "io_uring is not in this kernel, or is blocked (ENOSYS)"),
                        Arguments.of(kind, 22, "io_uring of this kernel is too old (EINVAL)"),
                        Arguments.of(kind, 12, "io_uring can't be set up (ENOMEM)"),
                        Arguments.of(kind, 99, "io_uring can't be set up (errno 99)")));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("sendAndReasons")
    void where_io_uring_is_blocked_the_next_is_taken_and_the_reason_told(
            SenderKind next, int errno, String reason) throws Exception {
        assertThat(chosenWithout(errno, Seccomp.IO_URING_SETUP))
                .isEqualTo(new SenderChoice(next, reason));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("ioUring")
    void a_sender_that_can_be_made_but_takes_nothing_is_not_chosen(SenderKind kind)
            throws Exception {
        assertThat(chosenWithout(Errno.EPERM, Seccomp.IO_URING_ENTER))
                .isEqualTo(new SenderChoice(SenderKind.SEND, kind.label() + " does not send here"));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("send")
    void where_nothing_else_works_the_channel_is_left(SenderKind kind) throws Exception {
        assertThat(chosenWithout(Errno.EPERM, Seccomp.IO_URING_SETUP, Seccomp.SENDTO))
                .isEqualTo(new SenderChoice(
                        SenderKind.CHANNEL,
                        "io_uring is not allowed here (EPERM); " + kind.label()
                                + " does not send here; socket does not send here"));
    }

    private static SenderChoice chosenWithout(int errno, int... systemCalls) throws Exception {
        return Seccomp.callWithout(() -> SenderChoice.choose(null), errno, systemCalls);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("send")
    void a_kind_that_is_asked_for_and_can_not_be_had_is_refused_with_the_reason(SenderKind kind) {
        assertThatIOException()
                .isThrownBy(() -> Seccomp.callWithout(
                        () -> SenderChoice.choose(kind), Errno.EPERM, Seccomp.SENDTO))
                .withMessage("The sender send can't be had: send does not send here");
    }
}
