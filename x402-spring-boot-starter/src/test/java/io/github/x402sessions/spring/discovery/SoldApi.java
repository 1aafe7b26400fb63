package io.github.x402sessions.spring.discovery;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.x402sessions.core.payment.Payment;
import io.github.x402sessions.spring.X402Price;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Priced endpoints of different kinds.
 */
@RestController
@X402Price("0.10")
class SoldApi {

	@GetMapping("/weather")
	@Operation(summary = "Weather of a city")
	Weather weather(@Parameter(description = "Name of the city", example = "Oslo") @RequestParam String city,
			@RequestParam(defaultValue = "3") @Min(1) @Max(14) int days, @RequestParam(required = false) Unit unit,
			@RequestHeader("Accept-Language") Optional<String> language, @RequestHeader("Authorization") String secret,
			Optional<Payment> payment) {
		return new Weather(city, unit, List.of());
	}

	@GetMapping("/users/{userId}/orders/{orderId:[0-9]+}")
	Page<Order> orders(@PathVariable UUID userId, @PathVariable("orderId") long order) {
		return new Page<>(List.of(), 0);
	}

	@PostMapping("/orders")
	ResponseEntity<Order> order(@Valid @RequestBody Order order) {
		return ResponseEntity.ok(order);
	}

	@PostMapping(path = "/login", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	Map<String, String> form(@RequestParam String user, @RequestParam(required = false) Integer age) {
		return Map.of();
	}

	@PostMapping(path = "/pictures", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	String picture(@RequestParam MultipartFile file, @RequestParam(defaultValue = "100") int width) {
		return "";
	}

	@PutMapping("/pages/{name}")
	Page<Map<String, BigDecimal>> page(@PathVariable String name, @RequestBody Page<List<Unit>> page) {
		return new Page<>(List.of(), 0);
	}

	@DeleteMapping("/units")
	List<Unit> units(@RequestParam List<Unit> unit) {
		return unit;
	}

	@GetMapping(path = "/words", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter words(@RequestParam @Size(min = 3, max = 9) String prompt) {
		return new SseEmitter();
	}

	@GetMapping(path = "/report", produces = MediaType.APPLICATION_PDF_VALUE)
	Resource report() {
		return new ByteArrayResource(new byte[0]);
	}

	@PostMapping(path = "/tree", params = "mode=deep")
	Node tree(@RequestBody Node node) {
		return node;
	}

	@PostMapping("/echo")
	String echo(@RequestBody String text) {
		return text;
	}

	@PostMapping("/run")
	void run() {
	}

	@GetMapping("/secret")
	@X402Price(price = "0.10", discoverable = false)
	String secret() {
		return "";
	}

	enum Unit {

		METRIC, @JsonProperty("imperial")
		IMPERIAL

	}

	record Weather(String city, Unit unit, List<Day> days) {
	}

	record Day(LocalDate date, @Schema(description = "In degrees", example = "-3.5") double temperature,
			Optional<String> note) {
	}

	record Page<T>(List<T> items, int total) {
	}

	record Order(@NotNull UUID id, @NotBlank @Size(max = 40) String name, @Email String contact, @Min(1) int quantity,
			@DecimalMin("0.01") BigDecimal price, @Pattern(regexp = "[A-Z]{2}-\\d{4}") String code,
			@Pattern(regexp = "(?i)x++y") String odd, @NotNull Instant created, Map<String, Integer> stock,
			@NotNull @Size(min = 1, max = 3) List<@Valid Line> lines, Unit unit, byte[] picture) {
	}

	record Line(@NotBlank String sku, @Min(1) @Max(99) long count) {
	}

	record Node(String name, List<Node> children) {
	}

}
