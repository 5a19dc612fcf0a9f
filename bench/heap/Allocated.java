import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.VirtualMachine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;

import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Asks the JVM with this process id, by its own management interface, how many bytes its threads
 * have allocated on the heap since it began: once for each line that comes in. What it writes is a
 * total, which counts threads that have ended, and then each thread that lives.
 *
 * <pre>
 * 123456789
 * 45678 genstore-loop-1
 * …
 * (an empty line)
 * </pre>
 */
public final class Allocated {
    private Allocated() {}

    public static void main(String[] arguments) throws Exception {
        ThreadMXBean threads = threadsOf(arguments[0]);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        while (lines.readLine() != null) {
            System.out.println(read(threads));
        }
    }

    private static ThreadMXBean threadsOf(String pid) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(pid);
        String address = machine.startLocalManagementAgent();
        machine.detach();
        MBeanServerConnection connection =
                JMXConnectorFactory.connect(new JMXServiceURL(address)).getMBeanServerConnection();
        return ManagementFactory.newPlatformMXBeanProxy(
                connection, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
    }

    private static String read(ThreadMXBean threads) throws IOException {
        var told = new StringBuilder();
        told.append(threads.getTotalThreadAllocatedBytes()).append('\n');
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        for (int i = 0; i < ids.length; i++) {
            if (infos[i] != null && bytes[i] >= 0) {
                told.append(bytes[i]).append(' ').append(infos[i].getThreadName()).append('\n');
            }
        }
        return told.toString();
    }
}
