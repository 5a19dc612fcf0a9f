package dev.genstore.server.doctor;

import com.sun.management.UnixOperatingSystemMXBean;

import java.lang.management.ManagementFactory;

/** How many files this process may have open. */
final class OpenFiles {
    private OpenFiles() {}

    /** The limit, or a number below 0 where nobody knows. */
    static long most() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : -1;
    }
}
