/**
 * What can be configured. {@link dev.genstore.server.config.Setting} is the table of all settings;
 * {@link dev.genstore.server.config.SettingsReader} gathers what was said of them into {@link
 * dev.genstore.server.config.Settings}.
 */
@NullMarked
package dev.genstore.server.config;

import org.jspecify.annotations.NullMarked;
