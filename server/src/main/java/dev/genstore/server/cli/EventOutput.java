package dev.genstore.server.cli;

import dev.genstore.server.remote.Event;

import java.io.PrintWriter;

/** What is done with the events of a watch, but for those that only say that all is told. */
@FunctionalInterface
interface EventOutput {
    /** Is done with the event when it returns. */
    void show(Event event) throws InterruptedException;

    /** Each as it came, a line. */
    record Lines(PrintWriter out) implements EventOutput {
        @Override
        public void show(Event event) {
            out.println(event.line());
        }
    }

    /** Each in columns, whose widths can't be known beforehand. */
    record Columns(PrintWriter out, Paint paint) implements EventOutput {
        @Override
        public void show(Event event) {
            String place =
                    event.source() + (event.subject().isEmpty() ? "" : "/" + event.subject());
            String data = ListedTable.text(event.tree().get("data"));
            String type = String.format("%-7s", event.type());
            out.println(paint.dim(event.member("time")) + "  " + coloured(event, type) + "  "
                    + event.id() + "  " + Terminal.harmless(place) + "  "
                    + Terminal.harmless(data));
        }

        private String coloured(Event event, String type) {
            return switch (event.type()) {
                case "created" -> paint.green(type);
                case "deleted", "reset" -> paint.red(type);
                default -> paint.yellow(type);
            };
        }
    }
}
