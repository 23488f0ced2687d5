'use client'
import { usePlaceOf } from '#components/ui/use-place.ts'
import { addressOf, placeOf } from './place.ts'

const READING = { placeOf, addressOf }

export const usePlace = () => usePlaceOf(READING)
