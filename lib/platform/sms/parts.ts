/** Of the GSM alphabet (3GPP TS 23.038 6.2.1), what is one septet everywhere; with anything else a text is reckoned as UCS-2. */
const SEPTETS = /^[A-Za-z0-9 \r\n@£$¥_!"#%&'()*+,\-./:;<=>?]*$/

/** In how many parts a text travels and is charged: 160 letters or 70 characters alone, 153 or 67 in each of several (3GPP TS 23.040 9.2.3.24.1). */
export function partsOf(body: string): number {
  const [alone, each] = SEPTETS.test(body) ? [160, 153] : [70, 67]
  return body.length <= alone ? 1 : Math.ceil(body.length / each)
}
