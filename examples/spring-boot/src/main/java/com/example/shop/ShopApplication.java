package com.example.shop;

import dev.genstore.embedded.Genstore;
import dev.genstore.router.Method;
import dev.genstore.store.Resources;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

import java.io.IOException;
import java.nio.file.Path;

/** Spring serves what the shop does itself on its port, Genstore the live resources on another one. */
@SpringBootApplication
public class ShopApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }

    /** Spring closes it when the application stops; who watches is told so and comes again. */
    @Bean
    Genstore genstore(
            @Value("${genstore.data:data}") Path data,
            @Value("${genstore.port:8081}") int port,
            ParcelService parcels)
            throws IOException {
        return Genstore.builder()
                .data(data)
                .port(port)
                .context(Shipping.class, resources -> new Shipping(resources, parcels))
                .bind(
                        Method.POST,
                        "/api/orders/{id}/ship",
                        Shipping.class,
                        (request, shipping) -> shipping.ship(request))
                .start();
    }

    /** What Spring's own parts read and write; who watches is told of it like of anything else. */
    @Bean
    Resources resources(Genstore genstore) {
        return genstore.resources();
    }
}
