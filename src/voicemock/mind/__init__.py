"""A language model of the user's own choosing, behind `/v1/chat/completions`. It words; the rules decide.

`endpoint` is where it is and whether words leave the machine for it, `client` the one place that talks to it, `mind`
what the rest of the house holds. Whatever it writes passes `guard` before anyone reads it or hears it.
"""
