package dev.genstore.wire.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/** What happens when the kernel refuses a whole batch. */
class IoUringSenderTest {
    private static final int ENOMEM = 12;

    static List<SenderKind> kinds() {
        return Kinds.workingAmong(SenderKind.IO_URING);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("kinds")
    void a_batch_that_the_kernel_refuses_counts_as_not_taken_and_is_never_sent_later(
            SenderKind kind) throws Exception {
        Callable<Boolean> task = () -> refuseThree(kind);
        assertThat(Seccomp.callWithout(task, ENOMEM)).isTrue();
    }

    private static boolean refuseThree(SenderKind kind) throws IOException {
        try (var rig = new SendRig(kind, 2)) {
            assertThat(rig.offer(0, 0, 10).offer(1, 10, 10).send()).containsExactly(10, 10);
            Seccomp.block(ENOMEM, Seccomp.IO_URING_ENTER);
            for (int round = 0; round < 3; round++) {
                offerAll(rig);
                assertThat(rig.send()).isEqualTo(Collections.nCopies(256, 0));
            }
            rig.verifyAll();
        }
        return true;
    }

    private static void offerAll(SendRig rig) {
        for (int i = 0; i < 256; i++) {
            rig.offer(i % 2, i, 10);
        }
    }
}
