/** Version of this package, as in package.json; published code reads no files. */
export const PACKAGE_VERSION = '0.1.0';
