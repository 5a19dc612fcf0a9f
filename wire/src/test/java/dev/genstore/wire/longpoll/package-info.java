/** Tests of what long polls are made of. */
@NullMarked
package dev.genstore.wire.longpoll;

import org.jspecify.annotations.NullMarked;
