package dev.genstore.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** Reactive Streams' own tests, which are for TestNG, of a watch as a publisher. */
class ReactiveStreamsTest {
    /** Of some forty tests the rest is about publishers that end by themselves, or is optional. */
    private static final int PASSED_MIN = 19;

    @Test
    void a_watch_is_a_publisher_as_reactive_streams_have_it() {
        var results = new TestListenerAdapter();
        var suite = new TestNG(false);
        suite.setUseDefaultListeners(false);
        suite.setVerbose(0);
        suite.setTestClasses(new Class<?>[] {WatchVerification.class});
        suite.addListener(results);
        suite.run();
        assertThat(results.getFailedTests().stream().map(ReactiveStreamsTest::told))
                .isEmpty();
        assertThat(results.getPassedTests()).hasSizeGreaterThanOrEqualTo(PASSED_MIN);
    }

    private static String told(ITestResult failed) {
        return failed.getName() + ": " + failed.getThrowable();
    }
}
