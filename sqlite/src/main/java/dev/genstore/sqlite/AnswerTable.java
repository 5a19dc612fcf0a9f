package dev.genstore.sqlite;

import dev.genstore.store.KeptAnswer;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The statements on table {@code answer}. Its last row tells how many answers there are and how much
 * they weigh, so nothing is counted.
 */
final class AnswerTable {
    private static final String FIND = """
            SELECT number, key, time_millis, weight_before, crc, request, answer \
            FROM answer WHERE key = ?""";
    private static final String LAST = """
            SELECT number, weight_before + weight FROM answer ORDER BY number DESC LIMIT 1""";
    private static final String SAME = "SELECT number FROM answer WHERE key = ?";
    private static final String OLDEST =
            "SELECT number, time_millis, weight_before FROM answer ORDER BY number LIMIT ?";
    private static final String KEEP = """
            INSERT INTO answer \
            (number, key, time_millis, weight_before, weight, crc, request, answer) \
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String TRIM = "DELETE FROM answer WHERE number <= ?";

    private final Session session;

    AnswerTable(Session session) {
        this.session = session;
    }

    /**
     * The newest answer.
     *
     * @param number its place in the order, from 1
     * @param weight what all up to it weigh
     */
    private record Last(long number, long weight) {
        private static final Last NONE = new Last(0, 0);
    }

    @Nullable KeptAnswer find(String key) {
        return session.first(FIND, AnswerTable::answer, key);
    }

    void keep(KeptAnswer answer) {
        session.update(TRIM, session.number(SAME, answer.key()));
        Last last = last();
        long number = last.number + 1;
        session.update(
                KEEP,
                number,
                answer.key(),
                answer.timeMillis(),
                last.weight,
                answer.weightBytes(),
                checksum(number, last.weight, answer),
                answer.request(),
                answer.answer());
    }

    /** Removes the oldest; returns how many. */
    int trim(long timeMillis, long answersMax, long bytesMax, int countMax) {
        Last last = last();
        long[] through = {0};
        int[] count = {0};
        session.visit(
                OLDEST,
                row -> {
                    boolean goes = row.getLong(1) <= last.number - answersMax
                            || row.getLong(2) < timeMillis
                            || last.weight - row.getLong(3) > bytesMax;
                    through[0] = goes ? row.getLong(1) : through[0];
                    count[0] += goes ? 1 : 0;
                    return goes;
                },
                countMax);
        if (count[0] > 0) {
            session.update(TRIM, through[0]);
        }
        return count[0];
    }

    /** What is damaged here costs only that too much goes, or too little. */
    private Last last() {
        Last last = session.first(LAST, row -> new Last(row.getLong(1), row.getLong(2)));
        return last == null ? Last.NONE : last;
    }

    private static KeptAnswer answer(ResultSet row) throws SQLException {
        long number = row.getLong(1);
        var answer = new KeptAnswer(
                Rows.text(row, 2), row.getLong(3), Rows.text(row, 6), Rows.text(row, 7));
        if (checksum(number, row.getLong(4), answer) != row.getLong(5)) {
            throw Failures.damaged("The answer " + number + " in table answer");
        }
        return answer;
    }

    private static long checksum(long number, long weightBefore, KeptAnswer answer) {
        return new Checksum()
                .number(number)
                .text(answer.key())
                .number(answer.timeMillis())
                .number(weightBefore)
                .text(answer.request())
                .text(answer.answer())
                .value();
    }
}
