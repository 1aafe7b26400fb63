package demo;

import java.lang.management.ManagementFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;

/**
 * A web application with nothing in it that tells how long it took to start, and ends.
 */
@SpringBootApplication
public class Empty {

	public static void main(String[] arguments) {
		SpringApplication application = new SpringApplication(Empty.class);
		application.addListeners((ApplicationReadyEvent event) -> {
			System.out.println("READY " + ManagementFactory.getRuntimeMXBean().getUptime());
			System.exit(0);
		});
		application.run(arguments);
	}

}
