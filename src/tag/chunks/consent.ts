import { MemoryConsent } from '../../elements/memory-consent/memory-consent.js';
import { register } from '../../elements/register.js';

register({ 'memory-consent': MemoryConsent });
