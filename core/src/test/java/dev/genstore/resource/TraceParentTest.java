package dev.genstore.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Objects;

/** What W3C Trace Context says of the header {@code traceparent}, line by line. */
class TraceParentTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String WELL = "00-" + TRACE + "-" + PARENT + "-01";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            recorded                    | 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01        | 01
            not recorded                | 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00        | 00
            with a random trace         | 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-02        | 02
            both                        | 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03        | 03
            with flags of the future    | 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff        | 03
            with others of the future   | 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-fd        | 01
            of a later version          | 01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01        | 01
            of the last version         | fe-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00        | 00
            later, with more behind it  | cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what   | 01
            later, with a bare dash     | cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-       | 01
            """)
    void what_is_well_formed_is_read_as_version_00(String why, String header, String flags) {
        assertThat(TraceParent.read(header))
                .as(why)
                .isEqualTo(new TraceParent("00-" + TRACE + "-" + PARENT + "-" + flags));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "none",
                "0-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "000-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what",
                "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                ".0-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "CC-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "cc-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319cc-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319x-b7ad6b7169203331-01",
                "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
                " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void what_names_no_version_or_no_trace_is_none(String header) {
        assertThat(TraceParent.read(header)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0af7651916cd43dd8448eb211c80319c-B7AD6B7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b71692033311-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333.-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-001",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0A",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-.0",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.what",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 ",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01,"
                        + "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void what_names_no_step_or_has_more_behind_it_is_none(String header) {
        assertThat(TraceParent.read(header)).isNull();
    }

    @Test
    void its_parts_are_those_of_the_text() {
        TraceParent trace = Objects.requireNonNull(TraceParent.read(WELL));
        assertThat(trace.text()).isEqualTo(WELL).hasSize(55);
        assertThat(trace.traceId()).isEqualTo(TRACE);
        assertThat(trace.parentId()).isEqualTo(PARENT);
        assertThat(trace.flags()).isEqualTo(1);
        assertThat(trace.isSampled()).isTrue();
        assertThat(new TraceParent(WELL.replace("-01", "-02")).isSampled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"01-", "00-0", "ff-"})
    void nothing_else_is_one(String version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TraceParent(version + WELL.substring(3)));
    }
}
