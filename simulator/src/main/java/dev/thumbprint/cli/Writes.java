package dev.thumbprint.cli;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks an option whose value is a place that the command writes to; see {@link Places}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@interface Writes {
  /** What is written. */
  enum Kind {
    FILE,
    /** Several files in a folder that is there already. */
    FOLDER,
    /** Several files in a folder that is made where there is none. */
    MADE_FOLDER
  }

  Kind value() default Kind.FILE;

  /** An option whose file may be replaced, since it is read to be written anew. */
  String renews() default "";

  /** Names of the files in a folder, as a regular expression. */
  String names() default "";
}
