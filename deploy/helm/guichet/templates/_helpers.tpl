{{- define "guichet.fullname" -}}
{{- ternary .Release.Name (printf "%s-guichet" .Release.Name) (contains "guichet" .Release.Name) | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* The four services: where their values are, their spring.application.name, the name of their resources, the port of their door, which of
the channels' topics those with state read. */}}
{{- define "guichet.parts" -}}
{{- $name := include "guichet.fullname" . -}}
- {values: intake, service: intake-service, name: {{ $name }}-intake, door: 8080, keepsState: false}
- {values: routing, service: routing-service, name: {{ $name }}-routing, door: 8082, keepsState: true, reads: [support.tickets, support.chats, support.callbacks]}
- {values: slaMonitor, service: sla-monitor-service, name: {{ $name }}-sla-monitor, keepsState: true, reads: [support.tickets, support.chats, support.callbacks]}
- {values: escalation, service: escalation-service, name: {{ $name }}-escalation, keepsState: true, reads: [support.chats, support.callbacks]}
{{- end -}}

{{/* What tells all pods of the release from others. */}}
{{- define "guichet.everyPod" -}}
app.kubernetes.io/part-of: guichet
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* What tells the pods of a service from others. Of {top, part}, as all that follow. */}}
{{- define "guichet.selector" -}}
app.kubernetes.io/name: {{ .part.service }}
{{ include "guichet.everyPod" .top }}
{{- end -}}

{{- define "guichet.deskLabels" -}}
{{ include "guichet.everyPod" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end -}}

{{- define "guichet.labels" -}}
app.kubernetes.io/name: {{ .part.service }}
{{ include "guichet.deskLabels" .top }}
{{- end -}}

{{/* The ports of addresses, by comma: of URLs, or host:port. Each once. */}}
{{- define "guichet.ports" -}}
{{- $scheme := regexFind "^[a-z:]+//" . -}}
{{- $usual := get (dict "https://" "443" "http://" "80" "jdbc:postgresql://" "5432") $scheme -}}
{{- $ports := list -}}
{{- range splitList "," . -}}
{{- $address := regexFind "[^/?]+" (regexReplaceAll "^[a-z:]+//" . "") -}}
{{- $ports = append $ports (regexFind ":[0-9]+$" $address | trimPrefix ":" | default $usual) -}}
{{- end -}}
{{- $ports | uniq | join "," -}}
{{- end -}}

{{/* The pod template of a service. */}}
{{- define "guichet.pod" -}}
{{- $values := index .top.Values .part.values -}}
{{- $all := .top.Values -}}
metadata:
  labels: {{- include "guichet.selector" . | nindent 4 }}
  {{- if $all.policy.file }}
  annotations:
    # The policy is read at the start: another one starts the pods anew.
    guichet/policy: {{ $all.policy.file | sha256sum }}
  {{- end }}
spec:
  serviceAccountName: {{ .part.name }}
  automountServiceAccountToken: false
  # Else the names of services would come as variables such as GUICHET_ROUTING_PORT, which Spring takes for settings.
  enableServiceLinks: false
  {{- with $all.image.pullSecrets }}
  imagePullSecrets:
    {{- range . }}
    - name: {{ . }}
    {{- end }}
  {{- end }}
  {{- with $all.pods.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $all.pods.nodeSelector }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $all.pods.tolerations }}
  tolerations: {{- toYaml . | nindent 4 }}
  {{- end }}
  topologySpreadConstraints:
    - topologyKey: kubernetes.io/hostname
      maxSkew: 1
      whenUnsatisfiable: {{ $all.spread.nodes }}
      # A node that is gone counts for nothing, or its pods could not start elsewhere.
      nodeTaintsPolicy: Honor
      labelSelector:
        matchLabels: {{- include "guichet.selector" . | nindent 10 }}
      {{- if not .part.keepsState }}
      matchLabelKeys: [pod-template-hash]
      {{- end }}
    - topologyKey: topology.kubernetes.io/zone
      maxSkew: 1
      whenUnsatisfiable: {{ $all.spread.zones }}
      labelSelector:
        matchLabels: {{- include "guichet.selector" . | nindent 10 }}
      {{- if not .part.keepsState }}
      matchLabelKeys: [pod-template-hash]
      {{- end }}
  # preStop 5 s, streams 10 s, requests under way 30 s.
  terminationGracePeriodSeconds: 60
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile: {type: RuntimeDefault}
  containers:
    - name: {{ .part.service }}
      image: {{ with $all.image.registry }}{{ . }}/{{ end }}guichet/{{ .part.service }}:{{ $values.tag | default $all.image.tag | default .top.Chart.AppVersion }}
      imagePullPolicy: {{ $all.image.pullPolicy }}
      ports:
        {{- with .part.door }}
        - {name: http, containerPort: {{ . }}}
        {{- end }}
        - {name: management, containerPort: 9080}
      env: {{- include "guichet.env" . | nindent 8 }}
      resources: {{- toYaml $values.resources | nindent 8 }}
      # Two minutes for what is slow at the first start, topics and tables included.
      startupProbe:
        httpGet: {path: /actuator/health/liveness, port: management}
        periodSeconds: 2
        timeoutSeconds: 2
        failureThreshold: 60
      # Down only where Kafka Streams cannot run again: what others lack is not cured by a restart.
      livenessProbe:
        httpGet: {path: /actuator/health/liveness, port: management}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 3
      # Out of service while partitions move; for less than 15 s a copy is left where it is.
      readinessProbe:
        httpGet: {path: /actuator/health/readiness, port: management}
        periodSeconds: 5
        timeoutSeconds: 4
        failureThreshold: 3
      {{- if .part.door }}
      lifecycle:
        # Until nobody sends requests here any more.
        preStop:
          sleep: {seconds: 5}
      {{- end }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities: {drop: [ALL]}
      volumeMounts:
        # RocksDB and the compressors load their code from there.
        - {name: tmp, mountPath: /tmp}
        {{- if .part.keepsState }}
        - {name: state, mountPath: /var/lib/guichet/state}
        {{- else }}
        - {name: attachments, mountPath: /var/lib/guichet/attachments}
        {{- end }}
        {{- if $all.policy.file }}
        - {name: policy, mountPath: /etc/guichet, readOnly: true}
        {{- end }}
        {{- if or $all.kafka.secured $values.secretFiles }}
        - {name: secrets, mountPath: /run/secrets/guichet, readOnly: true}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: {sizeLimit: 256Mi}
    {{- if not .part.keepsState }}
    - name: attachments
      {{- if $all.attachments.s3.bucket }}
      emptyDir: {sizeLimit: 10Gi}
      {{- else }}
      persistentVolumeClaim:
        claimName: {{ $all.attachments.volume.existingClaim | default (printf "%s-attachments" (include "guichet.fullname" .top)) }}
      {{- end }}
    {{- end }}
    {{- if $all.policy.file }}
    - name: policy
      configMap:
        name: {{ include "guichet.fullname" .top }}-policy
    {{- end }}
    {{- if or $all.kafka.secured $values.secretFiles }}
    # Each file is a setting: the services read this folder as a configuration tree.
    - name: secrets
      projected:
        defaultMode: 0440
        sources:
          {{- if $all.kafka.secured }}
          - secret:
              name: {{ $values.kafkaAccount.secret }}
              items: [{key: {{ $values.kafkaAccount.key }}, path: guichet.kafka.password}]
          {{- if $all.kafka.ca.secret }}
          - secret:
              name: {{ $all.kafka.ca.secret }}
              items: [{key: {{ $all.kafka.ca.key }}, path: guichet.kafka.ca}]
          {{- end }}
          {{- end }}
          {{- range $values.secretFiles }}
          - secret:
              name: {{ .secret }}
              items: [{key: {{ .key }}, path: {{ .setting }}}]
          {{- end }}
    {{- end }}
{{- end -}}

{{- define "guichet.env" -}}
{{- $all := .top.Values -}}
{{- if $all.kafka.secured }}
- {name: SPRING_PROFILES_ACTIVE, value: secured}
{{- end }}
- {name: MANAGEMENT_SERVER_PORT, value: "9080"}
- {name: SPRING_KAFKA_BOOTSTRAP_SERVERS, value: {{ $all.kafka.bootstrapServers | quote }}}
- {name: SPRING_KAFKA_PROPERTIES_SCHEMA_REGISTRY_URL, value: {{ $all.schemaRegistry.url | quote }}}
- {name: GUICHET_TOPICS_CREATE, value: {{ $all.topics.create | quote }}}
- {name: GUICHET_TOPICS_PARTITIONS, value: {{ $all.topics.partitions | quote }}}
- {name: GUICHET_TOPICS_REPLICATION, value: {{ $all.topics.replication | quote }}}
- {name: GUICHET_POLICY, value: {{ ternary "file:/etc/guichet/policy.yaml" $all.policy.name (ne $all.policy.file "") | quote }}}
{{- if .part.door }}
- {name: SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUER_URI, value: {{ $all.identity.issuerUri | quote }}}
- {name: SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_JWK_SET_URI, value: {{ $all.identity.jwkSetUri | quote }}}
- {name: SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUDIENCES, value: {{ $all.identity.audiences | join "," | quote }}}
{{- end }}
{{- if eq .part.values "routing" }}
- {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
- {name: GUICHET_ROUTING_ADDRESS, value: "$(POD_NAME).{{ .part.name }}-copies.{{ .top.Release.Namespace }}.svc:{{ .part.door }}"}
{{- end }}
{{- if .part.keepsState }}
- {name: GUICHET_STATE_DIR, value: /var/lib/guichet/state}
{{- else }}
- {name: GUICHET_REQUESTS_URL, value: {{ $all.database.url | quote }}}
- {name: GUICHET_REQUESTS_USERNAME, value: {{ $all.database.username | quote }}}
- {name: GUICHET_REQUESTS_SCHEMA, value: {{ $all.database.schema | quote }}}
- {name: GUICHET_REQUESTS_EDITION, value: {{ $all.database.edition | quote }}}
- {name: GUICHET_ATTACHMENTS_FOLDER, value: /var/lib/guichet/attachments}
{{- with $all.attachments.s3 }}
{{- if .bucket }}
- {name: GUICHET_ATTACHMENTS_S3_BUCKET, value: {{ .bucket | quote }}}
- {name: GUICHET_ATTACHMENTS_S3_REGION, value: {{ .region | quote }}}
- {name: GUICHET_ATTACHMENTS_S3_PREFIX, value: {{ .prefix | quote }}}
{{- with .endpoint }}
- {name: GUICHET_ATTACHMENTS_S3_ENDPOINT, value: {{ . | quote }}}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- range $name, $value := (index $all .part.values).env }}
- {name: {{ $name }}, value: {{ $value | quote }}}
{{- end }}
{{- end -}}
