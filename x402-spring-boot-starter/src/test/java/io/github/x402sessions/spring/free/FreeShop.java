package io.github.x402sessions.spring.free;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

import io.github.x402sessions.core.payment.Access;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.core.terms.PricedRoute;
import io.github.x402sessions.servlet.payment.PaymentListener;
import io.github.x402sessions.spring.X402Price;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A shop where some pay nothing, and others not at first. Alice is a member because
 * administrators are, and others are none.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ FreeShop.Api.class, FreeShop.Library.class })
public class FreeShop {

	static final String ALICE = login("alice");

	static final String BOB = login("bob");

	@Bean
	SecurityFilterChain security(HttpSecurity http) throws Exception {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.httpBasic(Customizer.withDefaults())
			.build();
	}

	/** Whoever asks is known, Alice as an administrator. */
	@Bean
	UserDetailsService users() {
		return (name) -> User.withUsername(name)
			.password("{noop}pw")
			.roles(name.equals("alice") ? "ADMIN" : "USER")
			.build();
	}

	/** It is asked first. */
	@Bean
	PaymentListener bouncer() {
		return new PaymentListener() {

			@Override
			public Access onRequest(HttpServletRequest request, PricedRoute route) {
				return (request.getHeader("X-Banned") != null) ? Access.DENY : Access.CHARGE;
			}

		};
	}

	public static String login(String name) {
		return "Basic " + Base64.getEncoder().encodeToString((name + ":pw").getBytes(StandardCharsets.UTF_8));
	}

	@Bean
	RoleHierarchy hierarchy() {
		return RoleHierarchyImpl.fromHierarchy("ROLE_ADMIN > ROLE_MEMBER");
	}

	@RestController
	static class Api {

		@GetMapping("/chat")
		@X402Price(price = "0.10", freeFor = "hasRole('MEMBER')")
		ResponseEntity<String> chat(Optional<Payment> payment) {
			return ResponseEntity.ok()
				.cacheControl(CacheControl.empty().cachePublic())
				.body(payment.isPresent() ? "paid" : "free");
		}

		@GetMapping("/docs/{owner}")
		@X402Price(price = "0.10", freeFor = "#owner == authentication.name")
		String docs(@PathVariable String owner) {
			return "of " + owner;
		}

		@GetMapping("/logged-in")
		@X402Price(price = "0.10", freeFor = "${logged-in:permitAll}")
		String loggedIn() {
			return "goods";
		}

		@GetMapping("/failing")
		@X402Price(price = "0.10", freeFor = "@missing.isMember(authentication)")
		String failing() {
			return "goods";
		}

		@GetMapping("/trial")
		@X402Price(price = "0.10", freePerDay = 3)
		ResponseEntity<String> trial(@RequestParam(defaultValue = "200") int status) {
			return ResponseEntity.status(status).body("goods");
		}

		@GetMapping("/articles/{id}")
		String article(@PathVariable String id) {
			return id;
		}

	}

	@RestController
	@X402Price(price = "0.05", freeFor = "hasRole('MEMBER')", freePerDay = 1)
	static class Library {

		@GetMapping("/shelf")
		String shelf() {
			return "shelf";
		}

		@GetMapping("/desk")
		String desk() {
			return "desk";
		}

	}

}
