package demo;

import java.util.UUID;

import io.github.x402sessions.spring.X402Price;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sells something else each time that its handler runs.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(Shop.Goods.class)
public class Shop {

	public static void main(String[] arguments) {
		SpringApplication.run(Shop.class, arguments);
	}

	@RestController
	static class Goods {

		@GetMapping("/goods")
		@X402Price("0.0001")
		String goods() throws InterruptedException {
			Thread.sleep(20);
			return UUID.randomUUID().toString();
		}

	}

}
