const regions = new Intl.DisplayNames('en', { type: 'region' })

/** The name of a country, such as `United Kingdom`. @param country ISO 3166, as of `formatNumber` */
export const countryName = (country: string): string => regions.of(country) ?? country
