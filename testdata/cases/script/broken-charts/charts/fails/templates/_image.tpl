{{- define "image" -}}
{{ required "image.tag is required" .Values.tag }}
{{- end -}}
